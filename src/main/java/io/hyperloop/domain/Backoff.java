package io.hyperloop.domain;

import java.time.Duration;
import java.time.Instant;

/** How long to wait after something broke: doubling, capped. */
final class Backoff {
  private static final Duration CAP = Duration.ofSeconds(60);
  private static final Duration OVERLOAD_CAP = Duration.ofMinutes(5);

  /** No wait is longer. */
  static final Duration MOST = OVERLOAD_CAP;

  private Backoff() {}

  /** After the nth failure in a row, n from 1: 1 s, 2 s, 4 s, at most 60 s. */
  static Duration after(int n) {
    Duration delay = Duration.ofSeconds(1L << Math.min(Math.max(n, 1) - 1, 10));
    return delay.compareTo(CAP) > 0 ? CAP : delay;
  }

  /**
   * After something that is not counted, where the last wait tells how often it happened: twice
   * that wait, at most five minutes, spread by a fifth so that many tasks do not come back at once.
   */
  static Duration afterOverload(Task task, Instant now) {
    Duration last = Duration.ZERO;
    Instant since = task.since();
    Instant until = task.notBefore();
    if (task.is(Reason.Kind.RETRYING) && since != null && until != null && !until.isAfter(now)) {
      last = Duration.between(since, until);
    }
    Duration next =
        last.isZero() || last.isNegative() ? Duration.ofSeconds(1) : last.multipliedBy(2);
    if (next.compareTo(OVERLOAD_CAP) > 0) {
      next = OVERLOAD_CAP;
    }
    // Files keep whole seconds: what is cut from a second or two would never grow to a minute.
    long spread = Math.floorMod(task.id().number() * 0x9E3779B9L, 20L);
    return next.minusSeconds(next.toSeconds() * spread / 100);
  }
}
