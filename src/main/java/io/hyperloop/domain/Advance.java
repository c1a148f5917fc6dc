package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.util.Objects;
import java.util.Optional;

/** ADVANCE: takes tasks through gates and actions, and over a pipeline that changed. */
final class Advance {
  private final Draft draft;
  private final Stepping stepping;

  Advance(Draft draft, Stepping stepping) {
    this.draft = draft;
    this.stepping = stepping;
  }

  void run() {
    String fingerprint = draft.pipeline().fingerprint();
    boolean moved = !fingerprint.equals(draft.intake().pipeline());
    boolean any = false;
    for (Task task : draft.tasks().unsettled()) {
      if (task.status() == TaskStatus.IN_PROGRESS) {
        any = true;
        if (moved || draft.pipeline().at(task.phase()).isEmpty()) {
          replace(task);
        }
        settle(task.id());
      } else if (task.status() == TaskStatus.COMPLETE && task.merged() == null) {
        land(task);
      }
    }
    if (any && moved) {
      draft.intake(intake -> intake.pipeline = fingerprint);
    }
  }

  /** The pipeline changed: a step that cannot be told for certain is begun from the start. */
  private void replace(Task task) {
    Optional<Step> step = draft.pipeline().at(task.phase());
    String before = Objects.requireNonNullElse(draft.before.intake().pipeline(), "");
    if (step.isPresent()
        && (step.get().named()
            || !(step.get().recurring() || Pipeline.recurs(before, step.get().name())))) {
      return;
    }
    Step first = draft.pipeline().first();
    draft.event(
        new Event.Warned(
            task.id()
                + ": the pipeline changed and its step "
                + task.phase()
                + " cannot be told any more; it begins again at "
                + first.phase()
                + " and keeps its branch"));
    stepping.enter(task, first, task.round());
  }

  /** Takes a task as far as it goes without an agent. */
  void settle(TaskId id) {
    // Each turn passes a step or ends, so the pipeline's length bounds it.
    for (int i = 0; i <= draft.pipeline().steps().size(); i++) {
      Task task = draft.task(id);
      Optional<Step> at = Stepping.stepOf(draft.pipeline(), task);
      if (at.isEmpty() || task.is(Reason.Kind.QUESTION)) {
        return;
      }
      Step step = at.get();
      boolean passed =
          switch (step.kind()) {
            case AGENT -> false;
            case GATE -> gate(task, step);
            case ACTION -> action(task, step);
          };
      if (!passed) {
        return;
      }
    }
  }

  private boolean gate(Task task, Step step) {
    Gate gate = draft.sight.process().gates().get(step.name());
    if (gate == null) {
      throw new IllegalStateException("gate " + step.name() + " is not defined");
    }
    return switch (gate) {
      case Gate.Manual _ -> {
        if (draft.approved.remove(task.id(), step.phase())) {
          stepping.apply(task.id(), step, new Outcome.Passed("approved"));
          yield true;
        }
        stepping.waitFor(
            task,
            "a person's approval at " + step.phase(),
            "look at branch " + task.branch() + ", then hyperloop approve " + task.id());
        yield false;
      }
    };
  }

  private boolean action(Task task, Step step) {
    Action action = draft.sight.process().actions().get(step.name());
    if (action == null) {
      throw new IllegalStateException("action " + step.name() + " is not defined");
    }
    return switch (action) {
      case Action.Merge _ -> merge(task, step);
    };
  }

  private boolean merge(Task task, Step step) {
    String head = task.head();
    if (head == null) {
      draft.put(task.edit().merged(draft.sight.baseTip()).done());
      stepping.apply(task.id(), step, new Outcome.Passed("no worker wrote anything"));
      return true;
    }
    if (task.merged() != null) {
      stepping.apply(task.id(), step, new Outcome.Passed("it is on the base branch already"));
      return true;
    }
    JobKey.TaskStep key = stepping.key(task, step);
    if (!draft.sight.stopping()
        && !draft.occupied(task.id())
        && !draft.later(task.notBefore())
        && !draft.later(draft.deferredUntil(key))) {
      draft.moves.add(new Move.Merge(key));
    }
    return false;
  }

  /** A pipeline without a merge: somebody else brought the work to the base branch. */
  private void land(Task task) {
    String head = task.head();
    if (head != null && draft.sight.landed().contains(head)) {
      draft.put(task.edit().merged(draft.sight.baseTip()).done());
      draft.event(new Event.TaskMerged(task.id(), draft.sight.baseTip()));
    }
  }
}
