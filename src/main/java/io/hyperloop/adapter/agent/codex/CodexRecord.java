package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.JsonLines;
import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.adapter.agent.PriceTable;
import io.hyperloop.adapter.agent.ResetTime;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads the record that Codex keeps of a conversation ({@code rollout-*.jsonl}), from where this
 * run began: the usage of each reply, what is said of the allowance, why a turn failed. Its output
 * tells the first only with the end of a run, and the others in words.
 */
final class CodexRecord implements JsonLines.Reader {
  private final Monitor monitor;
  private final Usage.Basis priced;
  private String model;
  private long replies;
  private Usage used = new Usage(0, 0, 0, 0, 0, Usage.Basis.UNPRICED);
  private @Nullable Allowance allowance;
  private JsonNode failure = MissingNode.getInstance();

  /**
   * Of one run.
   *
   * @param model that was asked for; empty for Codex's own default
   * @param priced what a cost is
   */
  CodexRecord(Monitor monitor, String model, Usage.Basis priced) {
    this.monitor = monitor;
    this.model = model;
    this.priced = priced;
  }

  /** How many replies of the model have been noted. */
  synchronized long replies() {
    return replies;
  }

  /** What they used, priced. */
  synchronized Usage used() {
    return priced(used);
  }

  synchronized String model() {
    return model;
  }

  /** What was last said; null if nothing was. */
  synchronized @Nullable Allowance allowance() {
    return allowance;
  }

  /** What Codex calls the error with which a turn ended: a name, or an object named so. */
  synchronized JsonNode failure() {
    return failure;
  }

  @Override
  public void text(String line) {
    // A line that is cut off, or none of Codex's.
  }

  @Override
  public synchronized void object(JsonNode line) {
    JsonNode payload = line.path("payload");
    switch (line.path("type").asString("")) {
      case "turn_context" -> model = payload.path("model").asString(model);
      case "token_usage_record" -> replied(payload.path("usage"));
      case "event_msg" -> event(payload);
      default -> {
        // The conversation itself, which its output tells as well.
      }
    }
  }

  private void event(JsonNode event) {
    switch (event.path("type").asString("")) {
      case "token_count" -> limits(event.path("rate_limits"));
      case "task_complete" -> failure = event.path("error").path("codex_error_info");
      default -> {
        // Told by its output, too.
      }
    }
  }

  private void replied(JsonNode usage) {
    replies++;
    used = used.plus(usage(usage));
    monitor.used(model, priced(used));
  }

  /**
   * Without a record: what its output told at its end.
   *
   * @param usage of the conversation
   */
  synchronized void told(JsonNode usage) {
    if (replies == 0) {
      used = usage(usage);
      monitor.used(model, priced(used));
    }
  }

  private static Usage usage(JsonNode usage) {
    long cached = count(usage, "cached_input_tokens");
    long written = count(usage, "cache_write_input_tokens");
    return new Usage(
        Math.max(0, count(usage, "input_tokens") - cached - written),
        cached,
        written,
        count(usage, "output_tokens"),
        0,
        Usage.Basis.UNPRICED);
  }

  private Usage priced(Usage unpriced) {
    Usage table = PriceTable.priced(model, unpriced);
    return table.basis() == Usage.Basis.UNPRICED
        ? table
        : new Usage(
            table.input(),
            table.cacheRead(),
            table.cacheWrite(),
            table.output(),
            table.microUsd(),
            priced);
  }

  /** Of several allowances, the one of which most is gone. */
  private void limits(JsonNode limits) {
    Allowance most = null;
    for (String window : new String[] {"primary", "secondary"}) {
      JsonNode used = limits.path(window).path("used_percent");
      if (used.isNumber() && used.doubleValue() >= 0) {
        Instant reset =
            ResetTime.epoch(limits.path(window).path("resets_at").asLong(0)).orElse(null);
        var now = new Allowance(used.doubleValue() / 100, reset, false);
        most = most == null || now.used() > most.used() ? now : most;
      }
    }
    if (most != null) {
      allowance = most;
      monitor.allowance(most);
    }
  }

  private static long count(JsonNode node, String key) {
    return Math.clamp(node.path(key).asLong(0), 0, 1_000_000_000_000L);
  }
}
