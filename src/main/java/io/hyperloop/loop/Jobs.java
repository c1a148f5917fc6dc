package io.hyperloop.loop;

import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import io.hyperloop.port.AgentRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that this orchestrator has under way, besides what the runtime itself knows. Written by
 * the jobs, read by the deciding thread. Nothing in it needs to survive: it is observation.
 */
final class Jobs {
  private final Set<JobKey> starting = new HashSet<>();
  private final Set<JobKey> releasing = new HashSet<>();
  private final Set<JobKey> ending = new HashSet<>();
  private final Set<JobKey> merging = new HashSet<>();
  private final List<JobEnd> ends = new ArrayList<>();
  private final Map<JobKey, Instant> deferred = new HashMap<>();
  private final Set<String> landed = new HashSet<>();
  private @Nullable RuntimeException fatal;

  /** What is to be seen of the jobs now. */
  record Seen(
      Set<JobKey> workers,
      Set<JobKey> merges,
      List<JobEnd> ended,
      Map<JobKey, Instant> deferred,
      Set<String> landed) {}

  /**
   * Joins what the runtime sees with what is known here. An end that is being released has been
   * consumed and is not seen again. What the runtime says is a moment old: a job that started,
   * ended or went in between is seen as it was before.
   */
  Seen look(Supplier<AgentRuntime.Observed> runtime) {
    Set<JobKey> started;
    Set<JobKey> released;
    List<JobEnd> known;
    synchronized (this) {
      started = Set.copyOf(starting);
      released = Set.copyOf(releasing);
      known = List.copyOf(ends);
    }
    AgentRuntime.Observed observed = runtime.get();
    synchronized (this) {
      started = union(started, starting);
      return join(observed, started, union(started, union(released, releasing)), known);
    }
  }

  private Seen join(
      AgentRuntime.Observed observed,
      Set<JobKey> started,
      Set<JobKey> unsettled,
      List<JobEnd> known) {
    Set<JobKey> workers = union(observed.running(), started);
    Set<JobKey> there = new HashSet<>(observed.running());
    observed.ended().stream()
        .map(JobEnd::key)
        .filter(key -> !unsettled.contains(key))
        .forEach(there::add);
    // A start that seemed to fail, but of which the runtime knows, did not.
    ends.removeIf(end -> isStart(end) && known.contains(end) && there.contains(end.key()));
    var ended = new ArrayList<JobEnd>();
    for (JobEnd end : ends) {
      if (!isStart(end) || known.contains(end)) {
        ended.add(end);
      }
    }
    for (JobEnd end : observed.ended()) {
      if (!unsettled.contains(end.key())) {
        ended.add(end);
      }
    }
    ended.forEach(end -> workers.remove(end.key()));
    return new Seen(workers, Set.copyOf(merging), ended, Map.copyOf(deferred), Set.copyOf(landed));
  }

  private static boolean isStart(JobEnd end) {
    return !(end instanceof JobEnd.Merge || end instanceof JobEnd.Published);
  }

  private static Set<JobKey> union(Set<JobKey> some, Set<JobKey> others) {
    var all = new HashSet<>(some);
    all.addAll(others);
    return all;
  }

  /** The results were consumed, and the state that came of them is durable. */
  synchronized void consumed(Sight sight, State state) {
    ends.removeAll(sight.ended());
    landed.removeAll(sight.landed());
    // Nobody asks any more when a task that has moved on is to be tried again.
    deferred.keySet().removeIf(key -> !(key instanceof JobKey.TaskStep step && isAt(state, step)));
  }

  private static boolean isAt(State state, JobKey.TaskStep step) {
    return state
        .tasks()
        .find(step.task())
        .filter(task -> task.open() || task.published() != null)
        .filter(task -> !task.open() || step.phase().equals(task.phase()))
        .filter(task -> step.round() == task.round())
        .isPresent();
  }

  synchronized void starts(JobKey key) {
    starting.add(key);
  }

  /** Whether it is to be started and has not been yet. */
  synchronized boolean isStarting(JobKey key) {
    return starting.contains(key);
  }

  synchronized void started(JobKey key) {
    starting.remove(key);
  }

  /** A start that failed: its end is seen in the next cycle. */
  synchronized void startFailed(JobEnd end) {
    starting.remove(end.key());
    ends.add(end);
  }

  synchronized void releases(JobKey key) {
    releasing.add(key);
  }

  /** Whether it is to be released and is not yet. */
  synchronized boolean held(JobKey key) {
    return releasing.contains(key);
  }

  synchronized void released(JobKey key) {
    releasing.remove(key);
    ending.remove(key);
  }

  /** Whether the end of that job is being brought about for the first time. */
  synchronized boolean ends(JobKey key) {
    return ending.add(key);
  }

  synchronized void merges(JobKey key) {
    deferred.remove(key);
    merging.add(key);
  }

  synchronized void merged(JobKey.TaskStep key, MergeEnd end, Instant at) {
    merging.remove(key);
    if (end instanceof MergeEnd.NotYet) {
      deferred.put(key, at);
    }
    ends.add(new JobEnd.Merge(key, end));
  }

  synchronized void published(JobKey.TaskStep key, PublishEnd end, Instant at) {
    merging.remove(key);
    if (end instanceof PublishEnd.NotYet) {
      deferred.put(key, at);
    }
    ends.add(new JobEnd.Published(key, end));
  }

  synchronized void landed(String head) {
    landed.add(head);
  }

  synchronized int size() {
    return starting.size()
        + releasing.size()
        + ending.size()
        + merging.size()
        + ends.size()
        + deferred.size()
        + landed.size();
  }

  /** Something that ends the run: thrown on the deciding thread at its next turn. */
  synchronized void fatal(RuntimeException failure) {
    if (fatal == null) {
      fatal = failure;
    }
  }

  /** Throws what ends the run, if anything does. */
  synchronized void throwFatal() {
    if (fatal != null) {
      throw fatal;
    }
  }
}
