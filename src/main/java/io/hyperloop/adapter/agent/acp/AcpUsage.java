package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.domain.Usage;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * What an agent says of its usage: the cost of the whole session in its updates, the tokens of a
 * turn with the turn's end. Agents need tell neither.
 */
final class AcpUsage {
  private static final long MICRO = 1_000_000;

  /** A figure beyond this is no figure. */
  private static final long MOST = 1_000_000_000_000_000L;

  private final Monitor monitor;
  private String model = "";
  private long input;
  private long cacheRead;
  private long cacheWrite;
  private long output;

  /**
   * Of the session, in millionths of a dollar; what it had cost before this run; if it is known.
   */
  private long cost;

  private long before;
  private boolean priced;

  AcpUsage(Monitor monitor) {
    this.monitor = monitor;
  }

  synchronized void model(String name) {
    model = name;
  }

  /**
   * Takes an update.
   *
   * @param replayed whether it tells of what was before this run
   */
  synchronized void update(JsonNode update, boolean replayed) {
    JsonNode amount = update.path("cost").path("amount");
    boolean dollars = update.path("cost").path("currency").asString("USD").equals("USD");
    if (!amount.isNumber() || !dollars) {
      return;
    }
    cost = bounded(amount.decimalValue().multiply(BigDecimal.valueOf(MICRO)));
    if (replayed) {
      before = cost;
      return;
    }
    priced = priced || cost > before;
    tell();
  }

  /** Takes what came with the end of a turn. */
  synchronized void turn(JsonNode reply) {
    JsonNode usage = reply.path("usage");
    if (!usage.isObject()) {
      return;
    }
    input += figure(usage, "inputTokens");
    cacheRead += figure(usage, "cachedReadTokens");
    cacheWrite += figure(usage, "cachedWriteTokens");
    output += figure(usage, "outputTokens") + figure(usage, "thoughtTokens");
    tell();
  }

  private void tell() {
    Usage.Basis basis = priced ? Usage.Basis.PAID : Usage.Basis.UNPRICED;
    long paid = priced ? Math.max(0, cost - before) : 0;
    monitor.used(model, new Usage(input, cacheRead, cacheWrite, output, paid, basis));
  }

  private static long figure(JsonNode usage, String name) {
    JsonNode value = usage.path(name);
    return value.isNumber() ? bounded(value.decimalValue()) : 0;
  }

  private static long bounded(BigDecimal value) {
    return value.max(BigDecimal.ZERO).min(BigDecimal.valueOf(MOST)).longValue();
  }
}
