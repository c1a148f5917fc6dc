package io.hyperloop.sim;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Decide;
import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Handled;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.loop.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Decisions with one thing wrong: in what is looked at, or in what comes out. */
final class BrokenRules {
  private BrokenRules() {}

  static Rules onNext(BiFunction<State, State, State> change) {
    return (state, sight, limits, now) -> {
      Decision sound = Decide.decide(state, sight, limits, now);
      return new Decision(
          change.apply(state, sound.next()), sound.moves(), sound.events(), sound.standing());
    };
  }

  static Rules onLimits(UnaryOperator<Limits> change) {
    return (state, sight, limits, now) -> Decide.decide(state, sight, change.apply(limits), now);
  }

  static Rules onEnds(BiFunction<State, JobEnd, JobEnd> change) {
    return (state, sight, limits, now) -> {
      List<JobEnd> ended = sight.ended().stream().map(end -> change.apply(state, end)).toList();
      return Decide.decide(
          state, with(sight, sight.specs(), ended, sight.inbox(), sight.stopping()), limits, now);
    };
  }

  private static Sight with(
      Sight sight,
      Map<String, Spec> specs,
      List<JobEnd> ended,
      List<Request> inbox,
      boolean stopping) {
    return new Sight(
        sight.baseTip(),
        specs,
        sight.process(),
        ended,
        sight.workers(),
        sight.merges(),
        sight.deferred(),
        sight.landed(),
        inbox,
        sight.spending(),
        sight.pulls(),
        stopping);
  }

  static State withoutNewReviews(State before, State next) {
    return new State(next.tasks(), before.reviews(), next.intake());
  }

  static State withoutAttempts(State before, State next) {
    return each(before, next, (old, task) -> task.edit().attempts(old.attempts()).done());
  }

  static State restless(State before, State next) {
    return each(before, next, (old, task) -> task.edit().summary(task.summary() + ".").done());
  }

  private static State each(State before, State next, BiFunction<Task, Task, Task> change) {
    var changed = new ArrayList<Task>();
    for (Task task : next.tasks()) {
      Task old = before.tasks().find(task.id()).orElse(task);
      if (task.status() == TaskStatus.IN_PROGRESS) {
        changed.add(change.apply(old, task));
      }
    }
    return changed.isEmpty()
        ? next
        : new State(next.tasks().with(changed), next.reviews(), next.intake());
  }

  static Decision ignoringDeps(State state, Sight sight, Limits limits, Instant now) {
    var free = new ArrayList<Task>();
    for (Task task : state.tasks()) {
      if (task.status() == TaskStatus.NOT_STARTED) {
        free.add(task.edit().deps(List.of()).done());
      }
    }
    var without = new State(state.tasks().with(free), state.reviews(), state.intake());
    Decision made = Decide.decide(without, sight, limits, now);
    var bound = new ArrayList<Task>();
    for (Task task : state.tasks()) {
      Task next = made.next().task(task.id());
      if (!next.deps().equals(task.deps())) {
        bound.add(next.edit().deps(task.deps()).done());
      }
    }
    State next = made.next();
    return new Decision(
        new State(next.tasks().with(bound), next.reviews(), next.intake()),
        made.moves(),
        made.events(),
        made.standing());
  }

  static Limits oneWorkerMore(Limits limits) {
    return with(limits, limits.maxWorkers() + 1, limits.maxTaskRounds());
  }

  static Limits endlessRounds(Limits limits) {
    return with(limits, limits.maxWorkers(), Integer.MAX_VALUE);
  }

  private static Limits with(Limits limits, int workers, int rounds) {
    return new Limits(
        workers,
        rounds,
        limits.maxActionAttempts(),
        limits.maxWorkerAttempts(),
        limits.maxReplans(),
        limits.maxTasksPerIntake(),
        limits.pmMaxFailures(),
        limits.pollInterval(),
        limits.budget(),
        limits.quota(),
        limits.cast(),
        limits.forge());
  }

  static JobEnd passing(State state, JobEnd end) {
    return end instanceof JobEnd.Worker worker && worker.end() instanceof WorkerEnd.Silent silent
        ? new JobEnd.Worker(
            worker.key(),
            new WorkerEnd.Reported(new Report(Report.Verdict.PASS, "", true), silent.delivery()))
        : end;
  }

  static JobEnd crashing(State state, JobEnd end) {
    return end instanceof JobEnd.Worker worker
            && worker.end() instanceof WorkerEnd.Silent silent
            && silent.kind() == Breakage.NO_ROOM
        ? new JobEnd.Worker(
            worker.key(),
            new WorkerEnd.Silent(Breakage.CRASHED, silent.detail(), silent.delivery()))
        : end;
  }

  static JobEnd merging(State state, JobEnd end) {
    if (!(end instanceof JobEnd.Merge merge)) {
      return end;
    }
    String head = state.tasks().find(merge.key().task()).map(Task::head).orElse("f".repeat(40));
    return new JobEnd.Merge(merge.key(), new MergeEnd.Merged("f".repeat(40), head));
  }

  static Decision approvingAnyHead(State state, Sight sight, Limits limits, Instant now) {
    var inbox = new ArrayList<Request>();
    for (Request request : sight.inbox()) {
      inbox.add(
          request instanceof Request.Approve approve
              ? new Request.Approve(
                  approve.id(),
                  approve.task(),
                  approve.gate(),
                  state.tasks().find(approve.task()).map(Task::head).orElse(null))
              : request);
    }
    return Decide.decide(
        state, with(sight, sight.specs(), sight.ended(), inbox, sight.stopping()), limits, now);
  }

  static Decision missingEdits(State state, Sight sight, Limits limits, Instant now) {
    var specs = new HashMap<>(sight.specs());
    state
        .intake()
        .handled()
        .forEach(
            (path, handled) -> specs.computeIfPresent(path, (p, spec) -> unedited(spec, handled)));
    return Decide.decide(
        state, with(sight, specs, sight.ended(), sight.inbox(), sight.stopping()), limits, now);
  }

  private static Spec unedited(Spec spec, Handled handled) {
    return Objects.equals(spec.blob(), handled.blob())
        ? spec
        : new Spec(spec.path(), handled.blob(), handled.commit());
  }

  static Decision neverStopping(State state, Sight sight, Limits limits, Instant now) {
    return Decide.decide(
        state, with(sight, sight.specs(), sight.ended(), sight.inbox(), false), limits, now);
  }
}
