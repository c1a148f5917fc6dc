package io.hyperloop.loop;

import io.hyperloop.port.PortFailure;
import java.util.function.Consumer;

/**
 * Sees that nothing of a job is lost with its thread. A failure that no result stands for is told:
 * what was to be done is found again, at the next start at the latest. A bug ends the run.
 */
final class Guard {
  private final Jobs jobs;
  private final Consumer<String> warn;
  private final Runnable wake;

  Guard(Jobs jobs, Consumer<String> warn, Runnable wake) {
    this.jobs = jobs;
    this.warn = warn;
    this.wake = wake;
  }

  Runnable around(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (PortFailure e) {
        warn.accept(e.text());
      } catch (RuntimeException e) {
        jobs.fatal(e);
      } finally {
        wake.run();
      }
    };
  }
}
