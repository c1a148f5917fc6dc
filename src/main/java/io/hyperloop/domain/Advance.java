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
    boolean approved = draft.approved.remove(task.id(), step.phase());
    if (gate instanceof Gate.Manual && approved) {
      return passed(task, step, "approved");
    }
    return switch (draft.publication.standing(task)) {
      case Publication.Standing.Unseen _ -> false;
      case Publication.Standing.Seen(PullRequestSight pull) ->
          gate(approved ? draft.pulls.approved(task, step.name(), pull.head()) : task, step, pull);
      case Publication.Standing.None _ -> {
        if (approved || !draft.pulls.asksAPerson(step.name())) {
          yield passed(task, step, "there is nothing to look at");
        }
        stepping.waitFor(
            task,
            "a person's approval at " + step.phase(),
            "look at branch " + task.branch() + ", then hyperloop approve " + task.id());
        yield false;
      }
    };
  }

  private boolean passed(Task task, Step step, String why) {
    stepping.apply(task.id(), step, new Outcome.Passed(why));
    return true;
  }

  private boolean gate(Task task, Step step, PullRequestSight pull) {
    Optional<Outcome> finding = draft.pulls.finding(task, step, pull);
    if (finding.isPresent()) {
      stepping.apply(task.id(), step, finding.get());
      return false;
    }
    return switch (draft.pulls.rules(task, pull).judge(step.name())) {
      case GateRules.Ruling.Cleared _ -> {
        draft.pulls.cleared(task, step.name(), pull.head());
        yield passed(draft.task(task.id()), step, "cleared at " + pull.head());
      }
      case GateRules.Ruling.Waits(String why, String remedy) -> {
        if (remedy.isEmpty()) {
          stepping.waitQuietly(task, why);
        } else {
          stepping.waitFor(task, why, remedy);
        }
        yield false;
      }
      case GateRules.Ruling.Rejects(String role, String finding1) -> {
        stepping.apply(task.id(), step, new Outcome.Rejected(role, finding1));
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
      case Action.Merge(Action.Via via) -> merge(task, step, via);
    };
  }

  private boolean merge(Task task, Step step, Action.Via via) {
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
    Optional<Boolean> turn = turn(task, step, via);
    if (turn.isEmpty()) {
      return false;
    }
    JobKey.TaskStep key = stepping.key(task, step);
    if (!draft.sight.stopping()
        && !draft.occupied(task.id())
        && !draft.later(task.notBefore())
        && !draft.later(draft.deferredUntil(key))) {
      draft.moves.add(new Move.Merge(key, via, turn.get()));
    }
    return false;
  }

  /** Whether to merge with the base's newest commits; empty if it may not be merged yet. */
  private Optional<Boolean> turn(Task task, Step step, Action.Via via) {
    return switch (draft.publication.standing(task)) {
      case Publication.Standing.None _ -> Optional.of(false);
      case Publication.Standing.Unseen _ -> Optional.empty();
      case Publication.Standing.Seen(PullRequestSight pull) -> {
        Optional<Outcome> finding = draft.pulls.finding(task, step, pull);
        finding.ifPresent(outcome -> stepping.apply(task.id(), step, outcome));
        yield finding.isEmpty() ? turn(task, pull, via) : Optional.empty();
      }
    };
  }

  private Optional<Boolean> turn(Task task, PullRequestSight pull, Action.Via via) {
    return switch (draft.lane.of(task, pull, via)) {
      case MergeLane.Turn.Now(boolean update) -> Optional.of(update);
      case MergeLane.Turn.Later _ -> Optional.empty();
      case MergeLane.Turn.Blocked(String why) -> {
        stepping.waitFor(task, why, "look at " + pull.url() + ", which says what is missing");
        yield Optional.empty();
      }
    };
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
