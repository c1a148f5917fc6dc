package io.hyperloop.loop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Runs jobs side by side, but those of one lane one after the other, in order of arrival. */
final class Lanes {
  private final Executor executor;
  private final Runnable emptied;
  private final Map<Object, Deque<Runnable>> waiting = new HashMap<>();

  /**
   * Lanes over an executor that never makes a job wait for another.
   *
   * @param emptied called whenever a lane has become idle, after {@link #idle()} can tell
   */
  Lanes(Executor executor, Runnable emptied) {
    this.executor = executor;
    this.emptied = emptied;
  }

  synchronized void run(Object lane, Runnable job) {
    Deque<Runnable> queue = waiting.get(lane);
    if (queue != null) {
      queue.add(job);
      return;
    }
    waiting.put(lane, new ArrayDeque<>());
    executor.execute(() -> drain(lane, job));
  }

  synchronized boolean idle() {
    return waiting.isEmpty();
  }

  synchronized int size() {
    return waiting.values().stream().mapToInt(queue -> 1 + queue.size()).sum();
  }

  private void drain(Object lane, Runnable first) {
    for (Runnable job = first; job != null; job = next(lane)) {
      job.run();
    }
    emptied.run();
  }

  private synchronized @Nullable Runnable next(Object lane) {
    Runnable job = waiting.getOrDefault(lane, new ArrayDeque<>()).poll();
    if (job == null) {
      waiting.remove(lane);
    }
    return job;
  }
}
