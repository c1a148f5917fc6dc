package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SPAWN: starts agents, those of tasks under way first, by number, within the slots there are. */
final class Spawn {
  private final Draft draft;
  private final Stepping stepping;
  private final Advance advance;

  Spawn(Draft draft, Stepping stepping, Advance advance) {
    this.draft = draft;
    this.stepping = stepping;
    this.advance = advance;
  }

  void run() {
    endTheUnwanted();
    if (draft.sight.stopping()) {
      return;
    }
    boolean agentFirst = draft.pipeline().first().kind() == Pipeline.Kind.AGENT;
    if (!agentFirst) {
      // Gates and actions hold no slot, so that waiting tasks never starve the others.
      for (Task task : draft.tasks()) {
        if (startable(task)) {
          stepping.start(task);
          advance.settle(task.id());
        }
      }
    }
    int slots = draft.limits.maxWorkers() - busySlots();
    for (Task task : draft.tasks()) {
      if (slots == 0) {
        return;
      }
      slots -= resume(task) ? 1 : 0;
    }
    for (Task task : draft.tasks()) {
      if (slots == 0) {
        return;
      }
      if (agentFirst && startable(task)) {
        stepping.start(task);
        slots -= resume(draft.task(task.id())) ? 1 : 0;
      }
    }
  }

  /** Workers whose task moved on, ended, or is gone have no business any more. */
  private void endTheUnwanted() {
    Plan plan = draft.intake().plan();
    for (JobKey key : draft.sight.workers()) {
      boolean wanted =
          switch (key) {
            case JobKey.Planning planning -> plan != null && plan.key().equals(planning);
            case JobKey.TaskStep step -> expected(step);
          };
      if (!wanted) {
        draft.moves.add(new Move.EndWorker(key, "it has no business any more"));
      }
    }
  }

  private boolean expected(JobKey.TaskStep key) {
    return draft
        .find(key.task())
        .flatMap(task ->
            Stepping.stepOf(draft.pipeline(), task)
                .filter(step -> Stepping.key(task, step).equals(key)))
        .isPresent();
  }

  private int busySlots() {
    return (int) draft.sight.workers().stream().filter(JobKey.TaskStep.class::isInstance).count();
  }

  private boolean resume(Task task) {
    Optional<Step> at = Stepping.stepOf(draft.pipeline(), task);
    if (at.isEmpty() || at.get().kind() != Pipeline.Kind.AGENT || task.is(Reason.Kind.QUESTION)) {
      return false;
    }
    JobKey.TaskStep key = Stepping.key(task, at.get());
    Instant notBefore = task.notBefore();
    if (draft.sight.workers().contains(key)
        || (notBefore != null && notBefore.isAfter(draft.now))) {
      return false;
    }
    // Its work is on the base branch already: what follows begins there.
    String discard = task.merged() != null ? task.head() : null;
    draft.moves.add(new Move.StartWorker(key, at.get().name(), discard));
    draft.event(new Event.WorkerStarted(key, at.get().name()));
    return true;
  }

  private boolean startable(Task task) {
    if (task.status() != TaskStatus.NOT_STARTED) {
      return false;
    }
    List<TaskId> deps = task.deps();
    for (TaskId dep : deps) {
      if (draft.find(dep).filter(d -> d.status() == TaskStatus.COMPLETE).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
