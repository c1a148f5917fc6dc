package io.hyperloop.sim;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Budget;
import io.hyperloop.domain.Decide;
import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.Spending;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskEdit;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.loop.Ports;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.StateStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** What keeps agents within budgets and quotas, with one thing wrong. */
final class BrokenThrift {
  private BrokenThrift() {}

  // Decisions.

  static Decision ignoringTaskLimits(State state, Sight sight, Limits limits, Instant now) {
    Budget budget = limits.budget();
    var lax = new Budget(budget.microUsd(), null, budget.tokens(), null, budget.per());
    var without =
        new Limits(
            limits.maxWorkers(),
            limits.maxTaskRounds(),
            limits.maxActionAttempts(),
            limits.maxWorkerAttempts(),
            limits.maxReplans(),
            limits.maxTasksPerIntake(),
            limits.pmMaxFailures(),
            limits.pollInterval(),
            lax,
            limits.quota(),
            limits.cast(),
            limits.forge());
    return Decide.decide(state, sight, without, now);
  }

  static Decision ignoringRests(State state, Sight sight, Limits limits, Instant now) {
    SortedMap<String, Instant> parked = state.intake().parked();
    Decision made = Decide.decide(with(state, new TreeMap<>()), sight, limits, now);
    var all = new TreeMap<>(parked);
    all.putAll(made.next().intake().parked());
    return with(made, with(made.next(), all));
  }

  static Decision unendingCircles(State state, Sight sight, Limits limits, Instant now) {
    return each(
        state,
        Decide.decide(state, sight, limits, now),
        (old, task) -> {
          Reason reason = task.reason();
          return old.open() && reason != null && reason.text().contains("rounds in a row")
              ? task.edit().status(TaskStatus.IN_PROGRESS).reason(null)
              : task.edit();
        });
  }

  static Decision retryingFromTheFirstStep(State state, Sight sight, Limits limits, Instant now) {
    String first = sight.process().pipeline().first().phase();
    return each(
        state,
        Decide.decide(state, sight, limits, now),
        (old, task) ->
            old.status() == TaskStatus.FAILED && task.status() == TaskStatus.IN_PROGRESS
                ? task.edit().phase(first)
                : task.edit());
  }

  static Decision replanningTheParked(State state, Sight sight, Limits limits, Instant now) {
    Decision made = Decide.decide(state, sight, limits, now);
    var failures = new ArrayList<>(made.next().intake().failures());
    for (Task task : state.tasks().changedIn(made.next().tasks())) {
      if (task.status() == TaskStatus.FAILED && task.is(Reason.Kind.BUDGET)) {
        failures.add(task.id());
      }
    }
    Intake intake = made.next().intake();
    var handed =
        new Intake(
            intake.nextTask(),
            intake.generation(),
            intake.handled(),
            failures,
            intake.replans(),
            intake.answers(),
            intake.plan(),
            intake.pmFailures(),
            intake.notBefore(),
            intake.parked(),
            intake.pipeline());
    return failures.equals(intake.failures())
        ? made
        : with(made, new State(made.next().tasks(), made.next().reviews(), handed));
  }

  private static Decision each(
      State state, Decision made, BiFunction<Task, Task, TaskEdit> change) {
    var changed = new ArrayList<Task>();
    for (Task task : state.tasks().changedIn(made.next().tasks())) {
      state.tasks().find(task.id()).ifPresent(old -> changed.add(change.apply(old, task).done()));
    }
    State next = made.next();
    return changed.isEmpty()
        ? made
        : with(made, new State(next.tasks().with(changed), next.reviews(), next.intake()));
  }

  private static Decision with(Decision made, State next) {
    return new Decision(next, made.moves(), made.events(), made.standing());
  }

  private static State with(State state, SortedMap<String, Instant> parked) {
    Intake intake = state.intake();
    return new State(
        state.tasks(),
        state.reviews(),
        new Intake(
            intake.nextTask(),
            intake.generation(),
            intake.handled(),
            intake.failures(),
            intake.replans(),
            intake.answers(),
            intake.plan(),
            intake.pmFailures(),
            intake.notBefore(),
            parked,
            intake.pipeline()));
  }

  // Ports.

  private static Ports with(Ports ports, StateStore store, AgentRuntime runtime, Ledger ledger) {
    return new Ports(
        ports.specs(),
        store,
        runtime,
        ports.trunk(),
        ports.templates(),
        ports.inbox(),
        ports.lease(),
        ledger,
        ports.publishing(),
        ports.probe());
  }

  static Ports budgetAtStart(Ports ports) {
    return with(ports, ports.store(), ports.runtime(), new AtStart(ports.ledger()));
  }

  static Ports forgettingResets(Ports ports) {
    return with(ports, new Forgetful(ports.store()), ports.runtime(), ports.ledger());
  }

  static Ports deafWorkers(Ports ports) {
    var deaf =
        new BrokenPorts.Like(ports.runtime()) {
          @Override
          public void end(JobKey key, String why) {}
        };
    return with(ports, ports.store(), deaf, ports.ledger());
  }

  private record AtStart(Ledger sound, Spending first) implements Ledger {
    AtStart(Ledger sound) {
      this(sound, sound.spending());
    }

    @Override
    public void used(Entry entry) {
      sound.used(entry);
    }

    @Override
    public void ended(String worker) {
      sound.ended(worker);
    }

    @Override
    public void allowance(String program, Allowance allowance) {
      sound.allowance(program, allowance);
    }

    @Override
    public Spending spending() {
      Map<TaskId, io.hyperloop.domain.Usage> tasks = sound.spending().tasks();
      return new Spending(first.period(), tasks, sound.spending().allowances());
    }
  }

  private record Forgetful(StateStore sound) implements StateStore {
    @Override
    public State load() {
      return with(sound.load(), new TreeMap<>());
    }

    @Override
    public Saved save(State next, String why) {
      return sound.save(next, why);
    }

    @Override
    public Synced sync() {
      return sound.sync();
    }
  }
}
