package io.hyperloop;

import io.hyperloop.adapter.disk.Housekeeping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps the disk tidy beside a run, on a thread of its own: old logs go at the start and then each
 * hour; the repository is maintained a minute after the start and then each hour. What fails is
 * told and tried again an hour later.
 */
final class Upkeep implements AutoCloseable {
  private static final Duration FIRST_MAINTENANCE = Duration.ofMinutes(1);
  private static final Duration PERIOD = Duration.ofHours(1);

  /** How long the end of a run waits for the end of this. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Supplier<Housekeeping.Removal> logs;
  private final Supplier<Optional<String>> maintenance;
  private final Consumer<String> warn;
  private final Pause pause;
  private final Thread thread;

  /** Time passing. */
  @FunctionalInterface
  interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  private Upkeep(
      Supplier<Housekeeping.Removal> logs,
      Supplier<Optional<String>> maintenance,
      Consumer<String> warn,
      Pause pause) {
    this.logs = logs;
    this.maintenance = maintenance;
    this.warn = warn;
    this.pause = pause;
    this.thread = Thread.ofVirtual().name("hyperloop-upkeep").unstarted(this::work);
  }

  /**
   * Begins, and goes on until it is closed.
   *
   * @param logs deletes what is due of them
   * @param maintenance maintains the repository, and gives what went wrong
   * @param warn is given one line for each thing that went wrong
   */
  static Upkeep start(
      Supplier<Housekeeping.Removal> logs,
      Supplier<Optional<String>> maintenance,
      Consumer<String> warn) {
    return start(logs, maintenance, warn, time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
  }

  static Upkeep start(
      Supplier<Housekeeping.Removal> logs,
      Supplier<Optional<String>> maintenance,
      Consumer<String> warn,
      Pause pause) {
    var upkeep = new Upkeep(logs, maintenance, warn, pause);
    upkeep.thread.start();
    return upkeep;
  }

  private void work() {
    try {
      tidy();
      pause.await(FIRST_MAINTENANCE);
      maintain();
      while (true) {
        pause.await(PERIOD);
        tidy();
        maintain();
      }
    } catch (InterruptedException e) {
      // The run ends.
    }
  }

  private void tidy() {
    guarded(() -> logs.get().failures());
  }

  private void maintain() {
    guarded(() -> maintenance.get().stream().toList());
  }

  /** Nothing here is worth the end of a run. */
  private void guarded(Supplier<List<String>> work) {
    try {
      List<String> failures = work.get();
      if (!failures.isEmpty() && !thread.isInterrupted()) {
        warn.accept(
            failures.getFirst()
                + (failures.size() > 1 ? " (and " + (failures.size() - 1) + " more)" : ""));
      }
    } catch (RuntimeException e) {
      warn.accept("upkeep failed: " + e);
    }
  }

  /** Ends it, also in the middle of a maintenance. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      boolean unused = thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
