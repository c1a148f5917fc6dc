package io.hyperloop.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Where the whole stands once a cycle has decided everything else. */
final class Stand {
  private final Draft draft;
  private @Nullable Instant next;

  Stand(Draft draft) {
    this.draft = draft;
  }

  Standing standing() {
    String stuck = draft.stuck();
    if (stuck != null) {
      return new Standing.Stuck(stuck);
    }
    boolean busy =
        !draft.sight.workers().isEmpty()
            || !draft.sight.merges().isEmpty()
            || draft.moves.stream().anyMatch(Stand::isWork);
    List<String> waiting = new ArrayList<>();
    boolean open = false;
    for (Task task : draft.tasks()) {
      if (task.status() == TaskStatus.IN_PROGRESS) {
        open = true;
        due(task.notBefore());
        if (task.is(Reason.Kind.WAITING) || task.is(Reason.Kind.QUESTION)) {
          waiting.add(task.id() + ": " + task.reason());
        }
      }
    }
    draft.sight.deferred().values().forEach(at -> due(at.plus(draft.limits.pollInterval())));
    due(draft.intake().notBefore());
    if (busy) {
      return new Standing.Busy(next);
    }
    if (draft.intake().pmFailures() >= draft.limits.pmMaxFailures()) {
      return new Standing.Stuck(
          "the PM failed " + draft.intake().pmFailures() + " times in a row (pm_max_failures)");
    }
    if (draft.intake().plan() != null || gap()) {
      return new Standing.Busy(next);
    }
    if (open) {
      return waiting.isEmpty() ? new Standing.Busy(next) : new Standing.Waiting(waiting, next);
    }
    return settled();
  }

  private void due(@Nullable Instant at) {
    if (at != null && at.isAfter(draft.now) && (next == null || at.isBefore(next))) {
      next = at;
    }
  }

  private boolean gap() {
    return !draft.intake().failures().isEmpty()
        || draft.sight.specs().values().stream().anyMatch(spec -> !draft.intake().covers(spec));
  }

  private Standing settled() {
    var reasons = new ArrayList<String>();
    SortedMap<TaskId, List<TaskId>> blocked = DependencyGraph.blocked(draft.tasks());
    blocked.forEach((id, chain) -> reasons.add(id + " is blocked: " + chain(chain)));
    boolean open = draft.tasks().list().stream().anyMatch(Task::open);
    Map<String, SpecStatus> statuses = SpecStatus.all(draft.next(), draft.sight.specs());
    statuses.forEach((path, status) -> {
      if (status != SpecStatus.IN_SYNC) {
        reasons.add(path + " is " + status.word() + why(path));
      }
    });
    return new Standing.Settled(
        !open && statuses.values().stream().allMatch(s -> s == SpecStatus.IN_SYNC), reasons);
  }

  private String why(String path) {
    Handled handled = draft.intake().handled().get(path);
    if (handled == null || handled.outcome() == Handled.Outcome.TASKS) {
      return "";
    }
    return " ("
        + handled.outcome().word()
        + (handled.note().isEmpty() ? "" : ": " + handled.note())
        + ")";
  }

  private static String chain(List<TaskId> chain) {
    return String.join(" waits for ", chain.stream().map(TaskId::toString).toList());
  }

  private static boolean isWork(Move move) {
    return switch (move) {
      case Move.StartWorker _, Move.EndWorker _, Move.AskPm _, Move.Merge _ -> true;
      case Move.Release _, Move.CleanUp _ -> false;
    };
  }
}
