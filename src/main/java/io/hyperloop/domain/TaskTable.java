package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All tasks, ordered by number. Immutable; an unchanged task is the same object in the next table,
 * so that comparing 5,000 of them looks at no text. Tasks that are settled pile up over the years:
 * a cycle looks at the others only.
 */
public final class TaskTable implements Iterable<Task> {
  public static final TaskTable EMPTY = new TaskTable(new Task[0], new Task[0]);

  private static final Comparator<Task> BY_NUMBER = Comparator.comparing(Task::id);

  private final Task[] byNumber;
  private final Task[] unsettled;

  /** Made when first asked for. */
  private volatile @Nullable Map<SpecRef, List<Task>> bySpec;

  private TaskTable(Task[] byNumber, Task[] unsettled) {
    this.byNumber = byNumber;
    this.unsettled = unsettled;
  }

  /**
   * A table of those tasks.
   *
   * @throws IllegalArgumentException if an id recurs
   */
  public static TaskTable of(Collection<Task> tasks) {
    Task[] sorted = sorted(tasks);
    return new TaskTable(
        sorted, Arrays.stream(sorted).filter(t -> !t.settled()).toArray(Task[]::new));
  }

  private static Task[] sorted(Collection<Task> tasks) {
    Task[] sorted = tasks.toArray(new Task[0]);
    Arrays.sort(sorted, BY_NUMBER);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i - 1].id().equals(sorted[i].id())) {
        throw new IllegalArgumentException(sorted[i].id() + " stands twice in the state");
      }
    }
    return sorted;
  }

  public Optional<Task> find(TaskId id) {
    int i = indexOf(id);
    return i < 0 ? Optional.empty() : Optional.of(byNumber[i]);
  }

  /** This table with those tasks replaced or added. */
  public TaskTable with(Collection<Task> changed) {
    if (changed.isEmpty()) {
      return this;
    }
    var added = new ArrayList<Task>();
    Task[] next = byNumber.clone();
    for (Task task : changed) {
      int i = indexOf(task.id());
      if (i < 0) {
        added.add(task);
      } else {
        next[i] = task;
      }
    }
    if (!added.isEmpty()) {
      added.addAll(Arrays.asList(next));
      next = sorted(added);
    }
    return new TaskTable(next, unsettledWith(changed));
  }

  private Task[] unsettledWith(Collection<Task> changed) {
    var ids = new HashSet<TaskId>();
    var next = new ArrayList<Task>(unsettled.length + changed.size());
    for (Task task : changed) {
      ids.add(task.id());
      if (!task.settled()) {
        next.add(task);
      }
    }
    for (Task task : unsettled) {
      if (!ids.contains(task.id())) {
        next.add(task);
      }
    }
    next.sort(BY_NUMBER);
    return next.toArray(new Task[0]);
  }

  /** Those of {@code next} that are not equal to the one here of the same id. */
  public List<Task> changedIn(TaskTable next) {
    var changed = new ArrayList<Task>();
    for (int i = 0; i < next.byNumber.length; i++) {
      Task task = next.byNumber[i];
      boolean same =
          (i < byNumber.length && byNumber[i].id().equals(task.id()))
              ? byNumber[i].equals(task)
              : find(task.id()).filter(task::equals).isPresent();
      if (!same) {
        changed.add(task);
      }
    }
    return changed;
  }

  /** Those that are not settled, ordered by number. */
  public List<Task> unsettled() {
    return Collections.unmodifiableList(Arrays.asList(unsettled));
  }

  /** Those of that version of a spec, under the path that it had then; ordered by number. */
  public List<Task> of(SpecRef version) {
    Map<SpecRef, List<Task>> index = bySpec;
    if (index == null) {
      index = new HashMap<>();
      for (Task task : byNumber) {
        index.computeIfAbsent(task.specRef(), v -> new ArrayList<>(1)).add(task);
      }
      bySpec = index;
    }
    return Collections.unmodifiableList(index.getOrDefault(version, List.of()));
  }

  public int size() {
    return byNumber.length;
  }

  public List<Task> list() {
    return Collections.unmodifiableList(Arrays.asList(byNumber));
  }

  @Override
  public Iterator<Task> iterator() {
    return Arrays.asList(byNumber).iterator();
  }

  private int indexOf(TaskId id) {
    int low = 0;
    int high = byNumber.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = byNumber[middle].id().compareTo(id);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1 - low;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskTable table && Arrays.equals(byNumber, table.byNumber);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(byNumber);
  }

  @Override
  public String toString() {
    var byId = new TreeMap<TaskId, TaskStatus>();
    for (Task task : byNumber) {
      byId.put(task.id(), task.status());
    }
    return byId.toString();
  }
}
