package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** SPAWN: starts agents, those of tasks under way first, by number, within the slots there are. */
final class Spawn {
  private static final Comparator<JobKey> BY_NAME = Comparator.comparing(JobKey::name);

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
    Step first = draft.pipeline().first();
    boolean agentFirst = first.kind() == Pipeline.Kind.AGENT;
    if (!agentFirst) {
      startWithoutSlots();
    }
    int slots = draft.limits.maxWorkers() - busySlots();
    for (Task task : draft.tasks().unsettled()) {
      if (slots <= 0) {
        return;
      }
      slots -= resume(task) ? 1 : 0;
    }
    for (Task task : draft.tasks().unsettled()) {
      if (slots <= 0) {
        return;
      }
      if (agentFirst && startable(draft, task) && mayOpen() && draft.thrift.allows(first.name())) {
        stepping.start(task);
        slots -= resume(draft.task(task.id())) ? 1 : 0;
      }
    }
  }

  /** Gates and actions hold no slot, so that waiting tasks never starve the others. */
  private void startWithoutSlots() {
    // A task that needs no agent may complete at once, and one of a lower number waits for it.
    boolean again = true;
    while (again) {
      again = false;
      for (Task task : draft.tasks().unsettled()) {
        if (startable(draft, task) && mayOpen()) {
          stepping.start(task);
          advance.settle(task.id());
          again = true;
        }
      }
    }
  }

  /** New work waits while so much is open; what is open goes on. */
  private boolean mayOpen() {
    Forge forge = draft.limits.forge();
    return forge == null
        || forge.openMax() == 0
        || draft.tasks().unsettled().stream()
                .filter(task -> task.status() == TaskStatus.IN_PROGRESS)
                .count()
            < forge.openMax();
  }

  /** Workers whose task moved on, ended, or is gone have no business any more. */
  private void endTheUnwanted() {
    Plan plan = draft.intake().plan();
    // In order, so that the same world gives the same moves: the order of a set is nobody's.
    for (JobKey key : draft.sight.workers().stream().sorted(BY_NAME).toList()) {
      boolean wanted =
          switch (key) {
            case JobKey.Planning planning -> plan != null && plan.key().equals(planning);
            case JobKey.TaskStep step -> stepping.expected(step).isPresent();
          };
      if (!wanted) {
        draft.moves.add(new Move.EndWorker(key, "it has no business any more"));
      }
    }
  }

  private int busySlots() {
    return (int) draft.sight.workers().stream().filter(JobKey.TaskStep.class::isInstance).count();
  }

  private boolean resume(Task task) {
    Optional<Step> at = Stepping.stepOf(draft.pipeline(), task);
    if (at.isEmpty() || at.get().kind() != Pipeline.Kind.AGENT || task.is(Reason.Kind.QUESTION)) {
      return false;
    }
    if (draft.occupied(task.id()) || draft.later(task.notBefore())) {
      return false;
    }
    if (!draft.thrift.allows(at.get().name())) {
      return false;
    }
    JobKey.TaskStep key = stepping.key(task, at.get());
    // Its work is on the base branch already: what follows begins there.
    String discard = task.merged() != null ? task.head() : null;
    draft.moves.add(new Move.StartWorker(key, at.get().name(), discard));
    draft.event(new Event.WorkerStarted(key, at.get().name()));
    return true;
  }

  /** Whether nothing but a free slot is missing for its first step. */
  static boolean startable(Draft draft, Task task) {
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
