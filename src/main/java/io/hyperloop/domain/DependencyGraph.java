package io.hyperloop.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What tasks wait for. Nothing here recurses: a chain of thousands of tasks is as fine as one of
 * two.
 */
public final class DependencyGraph {
  private final Supplier<Collection<TaskId>> all;
  private final Function<TaskId, List<TaskId>> deps;

  private DependencyGraph(Supplier<Collection<TaskId>> all, Function<TaskId, List<TaskId>> deps) {
    this.all = all;
    this.deps = deps;
  }

  public static DependencyGraph of(TaskTable tasks) {
    return new DependencyGraph(
        () -> tasks.list().stream().map(Task::id).toList(),
        id -> tasks.find(id).map(Task::deps).orElse(List.of()));
  }

  public static DependencyGraph of(Map<TaskId, List<TaskId>> deps) {
    return over(Map.copyOf(deps));
  }

  /** A graph that follows changes of that map. */
  static DependencyGraph over(Map<TaskId, List<TaskId>> deps) {
    return new DependencyGraph(deps::keySet, id -> deps.getOrDefault(id, List.of()));
  }

  /**
   * One cycle, each task before the one it waits for, the first again at the end; nothing if there
   * is none.
   */
  public Optional<List<TaskId>> cycle() {
    return cycle(all.get());
  }

  /** One cycle that can be reached from those tasks; nothing if there is none. */
  Optional<List<TaskId>> cycle(Collection<TaskId> starts) {
    Set<TaskId> done = new HashSet<>();
    for (TaskId start : starts.stream().sorted().toList()) {
      Optional<List<TaskId>> found = cycleFrom(start, done);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<List<TaskId>> cycleFrom(TaskId start, Set<TaskId> done) {
    var path = new LinkedHashSet<TaskId>();
    Deque<Deque<TaskId>> open = new ArrayDeque<>();
    open.push(new ArrayDeque<>(List.of(start)));
    while (!open.isEmpty()) {
      TaskId next = open.peek().poll();
      if (next == null) {
        open.pop();
        if (!path.isEmpty()) {
          done.add(path.removeLast());
        }
      } else if (path.contains(next)) {
        var cycle = new ArrayList<>(path);
        cycle.subList(0, cycle.indexOf(next)).clear();
        cycle.add(next);
        return Optional.of(cycle);
      } else if (!done.contains(next)) {
        path.addLast(next);
        open.push(new ArrayDeque<>(deps.apply(next)));
      }
    }
    return Optional.empty();
  }

  /**
   * The open tasks that can never start as things stand, each with the chain that leads from it to
   * the task that failed, is missing, or waits for itself.
   */
  public static SortedMap<TaskId, List<TaskId>> blocked(TaskTable tasks) {
    return new BlockedTasks(tasks).chains();
  }

  /**
   * The longest chain of open tasks, the one to start first at the front; its length bounds the
   * rest.
   */
  public static List<TaskId> criticalPath(TaskTable tasks) {
    var open = new HashMap<TaskId, List<TaskId>>();
    tasks
        .unsettled()
        .forEach(task -> {
          if (task.open()) {
            open.put(task.id(), task.deps());
          }
        });
    var length = new HashMap<TaskId, Integer>();
    var longest = new HashMap<TaskId, TaskId>();
    for (TaskId id : inOrder(open)) {
      int most = 0;
      for (TaskId dep : open.getOrDefault(id, List.of())) {
        if (length.getOrDefault(dep, 0) > most) {
          most = length.getOrDefault(dep, 0);
          longest.put(id, dep);
        }
      }
      length.put(id, most + 1);
    }
    Optional<TaskId> end =
        length.keySet().stream()
            .max(
                Comparator.<TaskId>comparingInt(id -> length.getOrDefault(id, 0))
                    .thenComparing(Comparator.reverseOrder()));
    var path = new ArrayDeque<TaskId>();
    for (TaskId at = end.orElse(null); at != null; at = longest.get(at)) {
      path.addFirst(at);
    }
    return List.copyOf(path);
  }

  /** Every task after those it waits for; tasks on cycles are left out. */
  private static List<TaskId> inOrder(Map<TaskId, List<TaskId>> open) {
    var missing = new HashMap<TaskId, Integer>();
    var waiting = new HashMap<TaskId, List<TaskId>>();
    var ready = new ArrayDeque<TaskId>();
    open.forEach((id, deps) -> {
      long n = deps.stream().distinct().filter(open::containsKey).count();
      missing.put(id, (int) n);
      deps.stream()
          .distinct()
          .filter(open::containsKey)
          .forEach(dep -> waiting.computeIfAbsent(dep, d -> new ArrayList<>()).add(id));
    });
    open.keySet().stream()
        .sorted()
        .filter(id -> missing.getOrDefault(id, 0) == 0)
        .forEach(ready::add);
    var order = new ArrayList<TaskId>();
    while (!ready.isEmpty()) {
      TaskId id = ready.poll();
      order.add(id);
      for (TaskId dependent : waiting.getOrDefault(id, List.of())) {
        if (missing.merge(dependent, -1, Integer::sum) == 0) {
          ready.add(dependent);
        }
      }
    }
    return order;
  }
}
