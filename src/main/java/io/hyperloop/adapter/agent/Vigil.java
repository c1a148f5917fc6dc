package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells when an agent has taken too long. All times are of a monotonic clock, in nanoseconds. What
 * the machine or this process slept through is nobody's fault and not counted.
 */
final class Vigil {
  /** Whoever wakes up this much later than asked has slept. */
  static final Duration LATE = Duration.ofSeconds(10);

  /**
   * How long after such a sleep an agent may break by its consequences, such as lost connections.
   */
  static final Duration AFTERMATH = Duration.ofMinutes(1);

  private final Deadlines deadlines;
  private long begun;
  private long stirred;
  private boolean silent = true;
  private long slept = Long.MIN_VALUE;

  Vigil(Deadlines deadlines, long now) {
    this.deadlines = deadlines;
    this.begun = now;
    this.stirred = now;
  }

  void stirred(long now) {
    silent = false;
    stirred = now;
  }

  /** When to look again, if nothing stirs. */
  long next() {
    return Math.min(
        stirred + (silent ? deadlines.startup() : deadlines.stall()).toNanos(),
        begun + deadlines.total().toNanos());
  }

  /** It was looked at this much later than was asked for. */
  void slept(Duration late, long now) {
    begun += late.toNanos();
    stirred += late.toNanos();
    slept = now;
  }

  /** Whether it broke by a sleep rather than by itself. */
  boolean inAftermath(long now) {
    return slept != Long.MIN_VALUE && now - slept < AFTERMATH.toNanos();
  }

  Optional<Harness.Ending.Broken> overdue(long now) {
    if (now - begun >= deadlines.total().toNanos()) {
      return broken(Breakage.TIMED_OUT, "the agent did not end within ", deadlines.total());
    }
    if (silent && now - stirred >= deadlines.startup().toNanos()) {
      return broken(Breakage.STALLED, "the agent said nothing within ", deadlines.startup());
    }
    if (!silent && now - stirred >= deadlines.stall().toNanos()) {
      return broken(Breakage.STALLED, "the agent was silent for ", deadlines.stall());
    }
    return Optional.empty();
  }

  private static Optional<Harness.Ending.Broken> broken(
      Breakage kind, String what, Duration limit) {
    String words = limit.toSeconds() < 120 ? limit.toSeconds() + " s" : limit.toMinutes() + " min";
    return Optional.of(new Harness.Ending.Broken(kind, what + words));
  }
}
