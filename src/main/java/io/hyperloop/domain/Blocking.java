package io.hyperloop.domain;

import java.util.List;
import java.util.SortedMap;

/** Tells of tasks that can never start as things stand, once each. */
final class Blocking {
  private Blocking() {}

  static void tell(Draft draft) {
    if (!draft.tasksChanged()) {
      return; // Nothing changed, so nothing is newly blocked.
    }
    SortedMap<TaskId, List<TaskId>> blocked = DependencyGraph.blocked(draft.tasks());
    for (Task task : draft.tasks().unsettled()) {
      if (task.status() == TaskStatus.NOT_STARTED
          && task.notified() != null
          && !blocked.containsKey(task.id())) {
        draft.put(task.edit().notified(null).done());
      }
    }
    blocked.forEach((id, chain) -> {
      Task task = draft.task(id);
      String standing = "blocked by " + chain.getLast();
      if (!standing.equals(task.notified())) {
        draft.put(task.edit().notified(standing).done());
        draft.event(new Event.TaskBlocked(id, chain));
      }
    });
  }
}
