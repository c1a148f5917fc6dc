package io.hyperloop.sim;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Virtual time, and what is due in it. The clock that the loop reads may stand elsewhere. */
final class Timeline {
  private record Due(Instant at, long order, Runnable what) {}

  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Duration skew = Duration.ZERO;
  private long orders;

  Instant now() {
    return now;
  }

  /** What a clock on the wall shows. */
  Instant clock() {
    return now.plus(skew);
  }

  Duration skew() {
    return skew;
  }

  void skew(Duration by) {
    skew = by;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void in(Duration time, Runnable what) {
    orders++;
    due.add(new Due(now.plus(time), orders, what));
  }

  /** When the next thing is due; null if nothing is. */
  @Nullable Instant next() {
    Due first = due.peek();
    return first == null ? null : first.at();
  }

  /** Goes on to that time, unless it has passed. */
  void until(Instant then) {
    if (then.isAfter(now)) {
      now = then;
    }
  }

  /** Does one thing that is due by now; false if there is none. */
  boolean fire() {
    Due first = due.peek();
    if (first == null || first.at().isAfter(now)) {
      return false;
    }
    due.poll();
    first.what().run();
    return true;
  }
}
