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

  private final Lease lease;
  private final InstantSource clock;
  private final Consumer<String> warn;
  private volatile @Nullable Instant held;
  private volatile boolean shared = true;
  private volatile @Nullable PortFailure refused;

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
    return held != null;
  }

  /** Whether it is time to renew. */
  boolean due(Instant now) {
    Instant last = held;
    return shared && last != null && Duration.between(last, now).abs().compareTo(RENEWAL) >= 0;
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

  /** Gives it back at the end of a run. */
  void last() {
    if (held != null && shared) {
      lease.release();
      held = null;
    }
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
    held = clock.instant();
  }
}
