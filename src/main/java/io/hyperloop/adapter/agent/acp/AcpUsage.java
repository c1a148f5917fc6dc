package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.domain.Usage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  /** Of which {@link #before} is the cost. */
  private Usage earlier = Usage.NONE;

  /** Whether what was before this run is known. */
  private boolean known = true;

  /** Whether whole sessions are told of. */
  private boolean whole;

  private @Nullable Usage told;

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
    if (whole || !amount.isNumber() || !dollars) {
      return;
    }
    cost = bounded(amount.decimalValue().multiply(BigDecimal.valueOf(MICRO)));
    if (replayed) {
      before = cost;
      known = true;
      return;
    }
    if (!known) {
      // A cost that includes what an earlier run paid is none of this run's.
      return;
    }
    priced = priced || cost > before;
    tell();
  }

  /** The session has been used before this run; by how much is not known yet. */
  synchronized void resumed() {
    known = false;
  }

  /** The session is a new one after all. */
  synchronized void begun() {
    known = true;
  }

  /**
   * What sessions had used before this run.
   *
   * @param sessions with {@code cost} and {@code tokens}, as OpenCode describes them; empty if it
   *     is not known
   */
  synchronized void before(List<JsonNode> sessions) {
    if (!sessions.isEmpty()) {
      earlier = sum(sessions);
      before = earlier.microUsd();
      known = true;
    }
  }

  /**
   * What they have used by now, which is surer than what the protocol tells.
   *
   * @param sessions as for {@link #before}; empty if it is not known
   */
  synchronized void session(List<JsonNode> sessions) {
    if (sessions.isEmpty() || !known) {
      return;
    }
    whole = true;
    Usage now = sum(sessions);
    input = Math.max(0, now.input() - earlier.input());
    cacheRead = Math.max(0, now.cacheRead() - earlier.cacheRead());
    cacheWrite = Math.max(0, now.cacheWrite() - earlier.cacheWrite());
    output = Math.max(0, now.output() - earlier.output());
    cost = now.microUsd();
    priced = cost > before;
    tell();
  }

  private static Usage sum(List<JsonNode> sessions) {
    Usage sum = Usage.NONE;
    for (JsonNode session : sessions) {
      JsonNode tokens = session.path("tokens");
      JsonNode cost = session.path("cost");
      sum =
          sum.plus(
              new Usage(
                  figure(tokens, "input"),
                  figure(tokens.path("cache"), "read"),
                  figure(tokens.path("cache"), "write"),
                  figure(tokens, "output") + figure(tokens, "reasoning"),
                  cost.isNumber()
                      ? bounded(cost.decimalValue().multiply(BigDecimal.valueOf(MICRO)))
                      : 0,
                  Usage.Basis.PAID));
    }
    return sum;
  }

  /** Takes what came with the end of a turn. */
  synchronized void turn(JsonNode reply) {
    JsonNode usage = reply.path("usage");
    if (whole || !usage.isObject()) {
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
    var now = new Usage(input, cacheRead, cacheWrite, output, paid, basis);
    if (!now.equals(told)) {
      told = now;
      monitor.used(model, now);
    }
  }

  private static long figure(JsonNode usage, String name) {
    JsonNode value = usage.path(name);
    return value.isNumber() ? bounded(value.decimalValue()) : 0;
  }

  private static long bounded(BigDecimal value) {
    return value.max(BigDecimal.ZERO).min(BigDecimal.valueOf(MOST)).longValue();
  }
}
