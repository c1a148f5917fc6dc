package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a spec stands. */
public enum SpecStatus {
  /** Handled, and all its work is on the base branch, or it was satisfied or accepted as it is. */
  IN_SYNC,
  /** Tasks are open. */
  RECONCILING,
  /** Only a person can take it further. */
  NEEDS_HUMAN,
  /** Everything else: not planned yet, or its work is not on the base branch. */
  OUT_OF_SYNC;

  /** The word in output: {@code in-sync}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static SpecStatus of(State state, Spec spec) {
    return all(state, Map.of(spec.path(), spec)).getOrDefault(spec.path(), OUT_OF_SYNC);
  }

  /** The status of every spec, by path. Of settled tasks only those that matter are looked at. */
  public static SortedMap<String, SpecStatus> all(State state, Map<String, Spec> specs) {
    SpecPaths paths = SpecPaths.of(state.intake());
    Map<String, List<Task>> open = new HashMap<>();
    for (Task task : state.tasks().unsettled()) {
      if (task.open()) {
        open.computeIfAbsent(paths.of(task), path -> new ArrayList<>()).add(task);
      }
    }
    Set<TaskId> unhanded = new HashSet<>(state.intake().failures());
    Plan plan = state.intake().plan();
    if (plan != null) {
      unhanded.addAll(plan.failures());
    }
    var all = new TreeMap<String, SpecStatus>();
    specs.forEach((path, spec) -> {
      Handled handled = state.intake().handled().get(path);
      SpecStatus answered =
          handled == null || !state.intake().covers(spec)
              ? OUT_OF_SYNC
              : switch (handled.outcome()) {
                case SATISFIED, ACCEPTED -> IN_SYNC;
                case DEFERRED, QUESTION, UNANSWERED, REPLANS_SPENT -> NEEDS_HUMAN;
                case TASKS -> judge(generation(state.tasks(), path, handled, paths), unhanded);
              };
      all.put(path, judge(answered, open.getOrDefault(path, List.of())));
    });
    return all;
  }

  private static SpecStatus judge(SpecStatus answered, List<Task> open) {
    if (answered == NEEDS_HUMAN || open.stream().anyMatch(t -> t.is(Reason.Kind.QUESTION))) {
      return NEEDS_HUMAN;
    }
    return open.isEmpty() ? answered : RECONCILING;
  }

  /** The tasks made of the text that was answered, under whatever path it had then. */
  private static List<Task> generation(
      TaskTable tasks, String path, Handled handled, SpecPaths paths) {
    var generation = new ArrayList<Task>();
    for (SpecRef version : handled.versions(path)) {
      for (Task task : tasks.of(version)) {
        if (paths.of(task).equals(path)) {
          generation.add(task);
        }
      }
    }
    return generation;
  }

  private static SpecStatus judge(List<Task> generation, Set<TaskId> unhanded) {
    boolean done = false;
    boolean missing = false;
    for (Task task : generation) {
      Reason reason = task.reason();
      if (task.status() == TaskStatus.COMPLETE) {
        done = true;
        missing |= task.merged() == null && task.head() != null;
      } else if (reason != null && reason.kind().waitsForPerson()) {
        return NEEDS_HUMAN;
      } else {
        missing |= unhanded.contains(task.id());
      }
    }
    return done && !missing ? IN_SYNC : OUT_OF_SYNC;
  }
}
