package io.hyperloop.adapter.agent;

import io.hyperloop.adapter.agent.Harness.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches one agent on a virtual thread of its own, and says once that it has taken too long. */
final class Watchdog implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Consumer<Ending.Broken> overdue;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Guarded by this. */
  private final Vigil vigil;

  Watchdog(Deadlines deadlines, InstantSource clock, String name, Consumer<Ending.Broken> overdue) {
    this.vigil = new Vigil(deadlines, System.nanoTime());
    this.clock = clock;
    this.overdue = overdue;
    Thread.ofVirtual().name("watchdog of " + name).start(this::watch);
  }

  synchronized void stirred() {
    vigil.stirred(System.nanoTime());
  }

  /** Whether the machine slept just now: then an end is not the agent's doing. */
  synchronized boolean inAftermath() {
    return vigil.inAftermath(System.nanoTime());
  }

  private void watch() {
    try {
      Optional<Ending.Broken> late = look();
      while (late.isEmpty()) {
        if (pause()) {
          return;
        }
        late = look();
      }
      overdue.accept(late.get());
    } catch (InterruptedException e) {
      // Nobody interrupts it but the end of everything.
    }
  }

  private synchronized Optional<Ending.Broken> look() {
    return vigil.overdue(System.nanoTime());
  }

  private synchronized long next() {
    return vigil.next();
  }

  /** A machine that sleeps stops the monotonic clock; a process that is stopped does not. */
  private boolean pause() throws InterruptedException {
    long before = System.nanoTime();
    Instant wallBefore = clock.instant();
    long asked = Math.clamp(next() - before, 1, LOOK_EVERY.toNanos());
    boolean over = closed.await(asked, TimeUnit.NANOSECONDS);
    long now = System.nanoTime();
    Duration late = Duration.ofNanos(now - before - asked);
    Duration lateByWall = Duration.between(wallBefore, clock.instant()).minusNanos(now - before);
    synchronized (this) {
      if (late.compareTo(Vigil.LATE) > 0) {
        vigil.slept(late, now);
      } else if (lateByWall.compareTo(Vigil.LATE) > 0) {
        vigil.slept(Duration.ZERO, now);
      }
    }
    return over;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
