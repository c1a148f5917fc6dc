package io.hyperloop.adapter.ledger;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a worker used, as one line of JSON. */
record LedgerLine(Instant at, Ledger.Entry entry) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int NAME_MAX = 4_096;

  String write() {
    Usage usage = entry.usage();
    ObjectNode node =
        JSON.createObjectNode()
            .put("worker", entry.worker())
            .put("at", at.toString())
            .put("job", entry.key().name())
            .put("role", entry.role())
            .put("program", entry.program())
            .put("model", entry.model())
            .put("input", usage.input())
            .put("cache_read", usage.cacheRead())
            .put("cache_write", usage.cacheWrite())
            .put("output", usage.output())
            .put("micro_usd", usage.microUsd())
            .put("basis", usage.basis().name().toLowerCase(Locale.ROOT));
    if (entry.spec() != null) {
      node.put("spec", entry.spec());
    }
    return JSON.writeValueAsString(node);
  }

  /**
   * Reads what {@link #write} gave; empty if it is something else, as after a kill in mid write.
   */
  static Optional<LedgerLine> ifReadable(String line) {
    try {
      return Optional.of(read(line));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LedgerLine read(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      return new LedgerLine(
          Instant.parse(text(node, "at")),
          new Ledger.Entry(
              text(node, "worker"),
              JobKey.parse(text(node, "job")),
              text(node, "role"),
              text(node, "program"),
              text(node, "model"),
              node.has("spec") ? text(node, "spec") : null,
              new Usage(
                  node.path("input").asLong(),
                  node.path("cache_read").asLong(),
                  node.path("cache_write").asLong(),
                  node.path("output").asLong(),
                  node.path("micro_usd").asLong(),
                  Usage.Basis.valueOf(text(node, "basis").toUpperCase(Locale.ROOT)))));
    } catch (JacksonException | java.time.DateTimeException e) {
      throw new IllegalArgumentException("not a line of the ledger", e);
    }
  }

  private static String text(JsonNode node, String key) {
    @Nullable String text = node.path(key).stringValue(null);
    if (text == null || text.length() > NAME_MAX) {
      throw new IllegalArgumentException("not a line of the ledger: " + key);
    }
    return text;
  }
}
