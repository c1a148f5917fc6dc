package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.PriceTable;
import io.hyperloop.domain.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Adds up what a run used: message by message while it goes on, exactly at each result line. One
 * message comes in many lines, each with what is known of its usage by then.
 */
final class UsageTally {
  /** How many messages are kept apart; older ones change no more. */
  private static final int OPEN_MAX = 256;

  private final Usage.Basis priced;
  private final Map<String, Usage> open = new LinkedHashMap<>();
  private Usage over = unpriced(0, 0, 0, 0);
  private Usage exact = Usage.NONE;

  /** With what a cost that Claude Code tells is. */
  UsageTally(Usage.Basis priced) {
    this.priced = priced;
  }

  /**
   * What is said of one message.
   *
   * @param usage as in the Messages API; only grows
   */
  void message(String id, JsonNode usage) {
    Usage before = open.getOrDefault(id, unpriced(0, 0, 0, 0));
    open.put(
        id,
        unpriced(
            Math.max(before.input(), count(usage, "input_tokens")),
            Math.max(before.cacheRead(), count(usage, "cache_read_input_tokens")),
            Math.max(before.cacheWrite(), count(usage, "cache_creation_input_tokens")),
            Math.max(before.output(), count(usage, "output_tokens"))));
    if (open.size() > OPEN_MAX) {
      String eldest = open.keySet().iterator().next();
      over = over.plus(open.getOrDefault(eldest, Usage.NONE));
      open.remove(eldest);
    }
  }

  /**
   * A result line. Its totals include what the conversation used before it was resumed; what this
   * run used since the last such line is told apart.
   */
  void result(JsonNode line) {
    JsonNode models = line.path("model_usage_since_last_result");
    if (!models.isObject()) {
      models = line.path("modelUsage");
    }
    Usage sum = Usage.NONE;
    for (JsonNode model : models.values()) {
      sum = sum.plus(model(model));
    }
    if (sum.tokens() == 0 && live().tokens() > 0) {
      // An interrupted stream has no figures of its own: what was seen stands.
      return;
    }
    exact = exact.plus(sum);
    open.clear();
    over = unpriced(0, 0, 0, 0);
  }

  /**
   * All of it, what is not yet told exactly at our own prices.
   *
   * @param model which those are for
   */
  Usage total(String model) {
    Usage live = live();
    if (live.tokens() + live.cacheRead() == 0) {
      return exact;
    }
    Usage table = PriceTable.priced(model, live);
    Usage.Basis basis = table.basis() == Usage.Basis.UNPRICED ? table.basis() : priced;
    return exact.plus(
        new Usage(
            table.input(),
            table.cacheRead(),
            table.cacheWrite(),
            table.output(),
            table.microUsd(),
            basis));
  }

  private Usage live() {
    return open.values().stream().reduce(over, Usage::plus);
  }

  private Usage model(JsonNode model) {
    double dollars = model.path("costUSD").asDouble(0);
    boolean known = dollars > 0 && dollars < 1_000_000;
    return new Usage(
        count(model, "inputTokens"),
        count(model, "cacheReadInputTokens"),
        count(model, "cacheCreationInputTokens"),
        count(model, "outputTokens"),
        known ? Math.round(dollars * 1_000_000) : 0,
        known ? priced : Usage.Basis.UNPRICED);
  }

  private static Usage unpriced(long input, long cacheRead, long cacheWrite, long output) {
    return new Usage(input, cacheRead, cacheWrite, output, 0, Usage.Basis.UNPRICED);
  }

  private static long count(JsonNode node, String key) {
    return Math.clamp(node.path(key).asLong(0), 0, 1_000_000_000_000L);
  }
}
