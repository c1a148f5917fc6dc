package io.hyperloop.loop;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.Lease;
import io.hyperloop.port.PortFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other clones from spending at the same time: the lease is held before the first agent
 * starts, and renewed while the run lasts. A run that never starts an agent never asks for it.
 *
 * <p>INVARIANT: whoever calls sees to it that calls come one after the other.
 */
final class Leasing {
  private static final Duration RENEWAL = Duration.ofMinutes(1);

  /** From then on it may be another's: the machine may have slept. */
  private static final Duration LAPSE = Duration.ofMinutes(4);

  private final Lease lease;
  private final InstantSource clock;
  private final Consumer<String> warn;
  private volatile @Nullable Instant held;
  private volatile boolean shared = true;
  private volatile @Nullable PortFailure refused;
  private volatile boolean ended;

  Leasing(Lease lease, InstantSource clock, Consumer<String> warn) {
    this.lease = lease;
    this.clock = clock;
    this.warn = warn;
  }

  /**
   * Returns once this clone may start agents. A remote that cannot be asked is told, and does not
   * keep anybody from working.
   *
   * @throws PortFailure of kind ENVIRONMENT if another clone works
   */
  void beforeAgent() {
    if (!held()) {
      ask();
    }
  }

  /** Whether agents may start without asking. */
  boolean held() {
    return refused == null && !ended && held != null && (!shared || !older(clock.instant(), LAPSE));
  }

  /** No longer than the lease can do without being renewed. */
  Duration atMost(Duration wait) {
    boolean renews = shared && held != null;
    return renews && wait.compareTo(RENEWAL) > 0 ? RENEWAL : wait;
  }

  /** Whether it is time to renew. */
  boolean due(Instant now) {
    return shared && older(now, RENEWAL);
  }

  /**
   * Renews it if it is time.
   *
   * @throws PortFailure of kind ENVIRONMENT if another clone took it meanwhile
   */
  void renew() {
    if (due(clock.instant())) {
      ask();
    }
  }

  /** Gives it back at the end of a run; no agent may start any more. */
  void last() {
    ended = true;
    if (held != null && shared) {
      lease.release();
    }
  }

  private boolean older(Instant now, Duration age) {
    Instant last = held;
    return last != null && Duration.between(last, now).abs().compareTo(age) >= 0;
  }

  private static PortFailure refusal(String who) {
    return new PortFailure(
        Problem.environment(
            "hyperloop works on this repository in another clone: " + who,
            "the remote's refs/hyperloop/lease",
            "run one orchestrator per remote; its lease ends by itself minutes after it does"));
  }

  private void ask() {
    PortFailure before = refused;
    if (before != null) {
      throw before;
    }
    if (ended) {
      throw new PortFailure(Problem.environment("the run has ended", "", ""));
    }
    Instant asked = clock.instant(); // Its time runs from then on, however long the answer takes.
    switch (lease.hold()) {
      case Lease.Held.Ours _ -> {}
      case Lease.Held.Unshared _ -> shared = false;
      case Lease.Held.Unknown unknown ->
          warn.accept(
              "whether another clone works at the same time cannot be told: " + unknown.why());
      case Lease.Held.Theirs theirs -> {
        PortFailure refusal = refusal(theirs.who());
        refused = refusal;
        throw refusal;
      }
    }
    held = asked;
  }
}
