package io.hyperloop.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Where the whole stands once a cycle has decided everything else. */
final class Stand {
  private static final int LINE_MAX = 200;
  private static final int BLOCKED_MAX = 20;

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
    for (Task task : draft.tasks()) {
      if (task.status() == TaskStatus.IN_PROGRESS) {
        due(task.notBefore());
        if (task.is(Reason.Kind.WAITING) || task.is(Reason.Kind.QUESTION)) {
          waiting.add(task.id() + ": " + Texts.oneLine(String.valueOf(task.reason()), LINE_MAX));
        } else {
          busy = true; // It is tried again by itself.
        }
      }
    }
    draft.sight.deferred().keySet().forEach(key -> due(draft.deferredUntil(key)));
    boolean gap = draft.intake().plan() != null || !Gaps.of(draft).none();
    if (gap) {
      due(draft.intake().notBefore());
    }
    if (busy) {
      return new Standing.Busy(next);
    }
    if (gap) {
      int failures = draft.intake().pmFailures();
      return failures < draft.limits.pmMaxFailures()
          ? new Standing.Busy(next)
          : new Standing.Stuck("the PM failed " + failures + " times in a row (pm_max_failures)");
    }
    return waiting.isEmpty() ? settled() : new Standing.Waiting(waiting, next);
  }

  private void due(@Nullable Instant at) {
    if (at != null && at.isAfter(draft.now) && (next == null || at.isBefore(next))) {
      next = at;
    }
  }

  private Standing settled() {
    var reasons = new ArrayList<String>();
    SortedMap<TaskId, List<TaskId>> blocked = DependencyGraph.blocked(draft.tasks());
    blocked.entrySet().stream()
        .limit(BLOCKED_MAX)
        .forEach(e -> reasons.add(e.getKey() + " is blocked: " + chain(e.getValue())));
    if (blocked.size() > BLOCKED_MAX) {
      reasons.add("and " + (blocked.size() - BLOCKED_MAX) + " more are blocked");
    }
    boolean open = false;
    for (Task task : draft.tasks()) {
      open |= task.open();
      Reason reason = task.reason();
      if (task.status() == TaskStatus.FAILED && reason != null && reason.kind().waitsForPerson()) {
        reasons.add(task.id() + ": " + Texts.oneLine(reason.toString(), LINE_MAX));
      }
    }
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
        + (handled.note().isEmpty() ? "" : ": " + Texts.oneLine(handled.note(), LINE_MAX))
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
