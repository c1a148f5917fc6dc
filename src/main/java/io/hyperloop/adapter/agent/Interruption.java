package io.hyperloop.adapter.agent;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.domain.Breakage;
import org.jspecify.annotations.Nullable;

/**
 * How a run is broken off from outside: because somebody wants it to end, or because its agent has
 * taken too long. From any thread.
 */
final class Interruption {
  private @Nullable String stopped;
  private Ending.@Nullable Broken overdue;

  /** The run's thread while it may be interrupted. */
  private @Nullable Thread interruptible;

  /** The calling thread is the run's. */
  synchronized void begin() {
    interruptible = Thread.currentThread();
  }

  /** From here on nobody interrupts: taking over the work must not be broken off. */
  synchronized void over() {
    interruptible = null;
    boolean ignored = Thread.interrupted();
  }

  /** Without effect once the run is over. */
  synchronized void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
    interrupt();
  }

  synchronized void overdue(Ending.Broken how) {
    overdue = how;
    interrupt();
  }

  private void interrupt() {
    if (interruptible != null) {
      interruptible.interrupt();
    }
  }

  synchronized void check() throws InterruptedException {
    if (stopped != null) {
      throw new InterruptedException(stopped);
    }
  }

  /** Why somebody wanted it to end; null if nobody did. */
  synchronized @Nullable String why() {
    return stopped;
  }

  /** What a run that was interrupted comes to. */
  synchronized Ending.Broken ending() {
    return overdue != null && stopped == null
        ? overdue
        : new Ending.Broken(Breakage.ENDED_BY_US, "");
  }
}
