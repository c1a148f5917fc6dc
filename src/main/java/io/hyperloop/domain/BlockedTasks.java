package io.hyperloop.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the tasks that can never start as things stand. */
final class BlockedTasks {
  /** A chain names at most this many tasks; people read its ends. */
  private static final int CHAIN_MAX = 12;

  private final TaskTable tasks;
  private final Map<TaskId, Task> waiting = new HashMap<>();
  private final Map<TaskId, List<TaskId>> dependents = new HashMap<>();
  private final SortedMap<TaskId, List<TaskId>> chains = new TreeMap<>();
  private final Deque<TaskId> reached = new ArrayDeque<>();

  BlockedTasks(TaskTable tasks) {
    this.tasks = tasks;
  }

  SortedMap<TaskId, List<TaskId>> chains() {
    for (Task task : tasks.unsettled()) {
      if (task.status() == TaskStatus.NOT_STARTED) {
        waiting.put(task.id(), task);
      }
    }
    waiting.values().forEach(this::link);
    cycles();
    while (!reached.isEmpty()) {
      TaskId blocked = reached.poll();
      for (TaskId dependent : dependents.getOrDefault(blocked, List.of())) {
        if (!chains.containsKey(dependent)) {
          block(dependent, chain(dependent, chains.getOrDefault(blocked, List.of())));
        }
      }
    }
    return chains;
  }

  private void block(TaskId id, List<TaskId> chain) {
    chains.put(id, chain);
    reached.add(id);
  }

  private void link(Task task) {
    for (TaskId dep : task.deps()) {
      if (waiting.containsKey(dep)) {
        dependents.computeIfAbsent(dep, id -> new ArrayList<>()).add(task.id());
      } else if (!chains.containsKey(task.id()) && dead(dep)) {
        block(task.id(), List.of(task.id(), dep));
      }
    }
  }

  private boolean dead(TaskId dep) {
    return tasks.find(dep).map(t -> t.status() == TaskStatus.FAILED).orElse(true);
  }

  /** Tasks that no order of starting ever reaches are on a cycle, or wait for one that is. */
  private void cycles() {
    Map<TaskId, List<TaskId>> left = leftOver();
    var graph = DependencyGraph.over(left);
    for (Optional<List<TaskId>> found = next(graph, left);
        found.isPresent();
        found = next(graph, left)) {
      List<TaskId> cycle = found.get();
      for (TaskId id : cycle.subList(0, cycle.size() - 1)) {
        left.remove(id);
        if (!chains.containsKey(id)) {
          block(id, cycle);
        }
      }
    }
  }

  private static Optional<List<TaskId>> next(
      DependencyGraph graph, Map<TaskId, List<TaskId>> left) {
    return left.isEmpty() ? Optional.empty() : graph.cycle();
  }

  /** What is left once all are taken away that wait for nothing that is left. */
  private Map<TaskId, List<TaskId>> leftOver() {
    var missing = new HashMap<TaskId, Integer>();
    dependents.values().forEach(list -> list.forEach(id -> missing.merge(id, 1, Integer::sum)));
    Deque<TaskId> ready = new ArrayDeque<>();
    waiting.keySet().stream().filter(id -> !missing.containsKey(id)).forEach(ready::add);
    var left = new HashMap<TaskId, List<TaskId>>();
    waiting.values().stream()
        .filter(task -> missing.containsKey(task.id()))
        .forEach(task -> left.put(task.id(), task.deps()));
    while (!ready.isEmpty()) {
      for (TaskId id : dependents.getOrDefault(ready.poll(), List.of())) {
        if (missing.merge(id, -1, Integer::sum) == 0) {
          left.remove(id);
          ready.add(id);
        }
      }
    }
    return left;
  }

  private static List<TaskId> chain(TaskId first, List<TaskId> rest) {
    var chain = new ArrayList<TaskId>(CHAIN_MAX);
    chain.add(first);
    if (rest.size() < CHAIN_MAX) {
      chain.addAll(rest);
    } else {
      chain.addAll(rest.subList(0, CHAIN_MAX - 2));
      chain.add(rest.getLast());
    }
    return List.copyOf(chain);
  }
}
