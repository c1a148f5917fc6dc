package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Optional<String> spent = draft.thrift.spent();
    List<String> waiting = new ArrayList<>();
    boolean held = false;
    for (Task task : draft.tasks().unsettled()) {
      if (task.is(Reason.Kind.WAITING) || task.is(Reason.Kind.QUESTION)) {
        if (task.status() == TaskStatus.IN_PROGRESS) {
          due(task.notBefore());
          waiting.add(task.id() + ": " + Texts.oneLine(String.valueOf(task.reason()), LINE_MAX));
        }
        continue;
      }
      if (task.status() == TaskStatus.FAILED && task.published() != null && !parks(task)) {
        waiting.add(task.id() + ": its pull request is still to be closed");
        continue;
      }
      Optional<Step> step = agentStep(task);
      Instant parked = step.map(s -> draft.thrift.parkedUntil(s.name())).orElse(null);
      if (step.isPresent() && spent.isPresent()) {
        held = true;
      } else if (parked != null) {
        soonest(parked);
        busy = true;
      } else if (task.status() == TaskStatus.IN_PROGRESS) {
        due(task.notBefore());
        busy = true; // It is tried again by itself.
      }
    }
    draft.sight.deferred().keySet().forEach(key -> due(draft.deferredUntil(key)));
    boolean gap = draft.intake().plan() != null || !Gaps.of(draft).none();
    if (gap) {
      due(draft.intake().notBefore());
      Instant parked = draft.thrift.parkedUntil(AgentTemplate.PM);
      if (parked != null) {
        soonest(parked);
      }
    }
    if (busy) {
      return new Standing.Busy(next);
    }
    if (spent.isPresent() && (held || gap)) {
      return new Standing.Stuck(spent.get());
    }
    if (gap) {
      int failures = draft.intake().pmFailures();
      return failures < draft.limits.pmMaxFailures()
          ? new Standing.Busy(next)
          : new Standing.Stuck("the PM failed " + failures + " times in a row (pm_max_failures)");
    }
    return waiting.isEmpty() ? settled() : new Standing.Waiting(waiting, next);
  }

  private static boolean parks(Task task) {
    return task.reason() != null && task.reason().kind().parks();
  }

  /** The agent's step that a task will come to next, with nothing else in between. */
  private Optional<Step> agentStep(Task task) {
    Optional<Step> next =
        task.status() == TaskStatus.IN_PROGRESS
            ? Stepping.stepOf(draft.pipeline(), task)
            : task.status() == TaskStatus.NOT_STARTED && Spawn.startable(draft, task)
                ? Optional.of(draft.pipeline().first())
                : Optional.empty();
    return next.filter(step -> step.kind() == Pipeline.Kind.AGENT);
  }

  private void due(@Nullable Instant at) {
    if (at != null && draft.later(at)) {
      soonest(at);
    }
  }

  private void soonest(Instant at) {
    if (next == null || at.isBefore(next)) {
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
    for (Task task : draft.tasks().unsettled()) {
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
      case Move.StartWorker _,
          Move.EndWorker _,
          Move.AskPm _,
          Move.Merge _,
          Move.Publish _,
          Move.Withdraw _ ->
          true;
      case Move.Release _, Move.CleanUp _ -> false;
    };
  }
}
