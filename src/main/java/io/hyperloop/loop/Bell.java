package io.hyperloop.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes the deciding thread. A ring carries no truth: whoever wakes looks at the world itself.
 * Simulation puts a bell of its own in place, since waiting is where it takes over.
 */
public class Bell {
  private final Semaphore rings = new Semaphore(0);

  /** From any thread. */
  public void ring() {
    rings.release();
  }

  /** Returns at the next ring, at once if there was one since the last call, or after that time. */
  protected void await(Duration atMost) throws InterruptedException {
    if (rings.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
      rings.drainPermits();
    }
  }

  /** The time to wait from one instant to another, at least a millisecond and at most the given. */
  static Duration between(Instant now, Instant then, Duration atMost) {
    Duration wait = Duration.between(now, then);
    if (wait.compareTo(atMost) > 0) {
      return atMost;
    }
    return wait.toMillis() < 1 ? Duration.ofMillis(1) : wait;
  }
}
