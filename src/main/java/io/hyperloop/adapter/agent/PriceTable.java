package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What models cost, for programs that do not say it themselves: {@code prices/models.json} of this
 * repository.
 */
public final class PriceTable {
  private static final PriceTable SHIPPED = shipped();

  /** In US dollars per million tokens. */
  record Price(double input, double cacheWrite, double cacheRead, double output) {
    /** A dollar per million tokens is a millionth of a dollar per token. */
    long microUsd(Usage usage) {
      return (long)
          Math.ceil(
              usage.input() * input
                  + usage.cacheWrite() * cacheWrite
                  + usage.cacheRead() * cacheRead
                  + usage.output() * output);
    }
  }

  private final NavigableMap<String, Price> byPrefix;

  PriceTable(Map<String, Price> byPrefix) {
    this.byPrefix = new TreeMap<>(byPrefix);
  }

  private static PriceTable shipped() {
    try (InputStream in =
        Objects.requireNonNull(
            PriceTable.class.getResourceAsStream("/io/hyperloop/prices/models.json"))) {
      var prices = new TreeMap<String, Price>();
      JsonMapper.shared()
          .readTree(in)
          .path("models")
          .properties()
          .forEach(model ->
              prices.put(
                  model.getKey(),
                  new Price(
                      model.getValue().path("input").doubleValue(),
                      model.getValue().path("cache_write").doubleValue(),
                      model.getValue().path("cache_read").doubleValue(),
                      model.getValue().path("output").doubleValue())));
      return new PriceTable(prices);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The usage with its cost, where the program gave none and the model's price is known. */
  public static Usage priced(String model, Usage usage) {
    return SHIPPED.price(model, usage);
  }

  Usage price(String model, Usage usage) {
    if (usage.basis() != Usage.Basis.UNPRICED) {
      return usage;
    }
    return find(model)
        .map(price ->
            new Usage(
                usage.input(),
                usage.cacheRead(),
                usage.cacheWrite(),
                usage.output(),
                price.microUsd(usage),
                Usage.Basis.PAID))
        .orElse(usage);
  }

  /** By the longest beginning of the name; providers put words of their own before it. */
  private Optional<Price> find(String model) {
    String name = model.substring(model.lastIndexOf('/') + 1).replaceFirst("^.*anthropic\\.", "");
    return byPrefix.descendingMap().entrySet().stream()
        .filter(entry -> begins(name, entry.getKey()))
        .findFirst()
        .map(Map.Entry::getValue);
  }

  /** {@code gpt-5} begins {@code gpt-5-codex}, and is another model than {@code gpt-5.5}. */
  private static boolean begins(String name, String beginning) {
    String rest = name.startsWith(beginning) ? name.substring(beginning.length()) : ".";
    return rest.isEmpty() || !(rest.startsWith(".") || Character.isDigit(rest.charAt(0)));
  }
}
