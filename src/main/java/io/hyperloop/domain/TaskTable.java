package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All tasks, ordered by number. Immutable; an unchanged task is the same object in the next table,
 * so that comparing 5,000 of them looks at no text.
 */
public final class TaskTable implements Iterable<Task> {
  public static final TaskTable EMPTY = new TaskTable(new Task[0]);

  private final Task[] byNumber;

  private TaskTable(Task[] byNumber) {
    this.byNumber = byNumber;
  }

  /**
   * A table of those tasks.
   *
   * @throws IllegalArgumentException if an id recurs
   */
  public static TaskTable of(Collection<Task> tasks) {
    Task[] sorted = tasks.toArray(new Task[0]);
    Arrays.sort(sorted, Comparator.comparing(Task::id));
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i - 1].id().equals(sorted[i].id())) {
        throw new IllegalArgumentException(sorted[i].id() + " stands twice in the state");
      }
    }
    return new TaskTable(sorted);
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
    if (added.isEmpty()) {
      return new TaskTable(next);
    }
    added.addAll(Arrays.asList(next));
    return of(added);
  }

  /** Those of {@code next} that are not equal to the one here of the same id. */
  public List<Task> changedIn(TaskTable next) {
    var changed = new ArrayList<Task>();
    for (Task task : next) {
      if (find(task.id()).filter(task::equals).isEmpty()) {
        changed.add(task);
      }
    }
    return changed;
  }

  public int size() {
    return byNumber.length;
  }

  public List<Task> list() {
    return List.of(byNumber);
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
