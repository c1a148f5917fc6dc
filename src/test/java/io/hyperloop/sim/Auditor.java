package io.hyperloop.sim;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Event;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.WorkerEnd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what decisions do with budgets and quotas, by the books as they are. */
final class Auditor {
  private static final Duration REST_MAX = Duration.ofDays(8);

  private final Simulation sim;
  private final State before;
  private final Sight sight;
  private final Limits limits;
  private final Decision decision;
  private final Instant now;

  Auditor(
      Simulation sim, State before, Sight sight, Limits limits, Decision decision, Instant clock) {
    this.sim = sim;
    this.before = before;
    this.sight = sight;
    this.limits = limits;
    this.decision = decision;
    this.now = clock.truncatedTo(ChronoUnit.SECONDS);
  }

  private static void holds(boolean so, Invariant invariant, Object detail) {
    if (!so) {
      throw new Violation(invariant, detail.toString());
    }
  }

  void audit() {
    if (sim.means.counted) {
      starts();
      rests();
      taskLimits();
      parkedForAgents();
      mergesGoOn();
    }
    parkedIsForPeople();
    retries();
    new Rounds(sim, before, sight, decision).judge();
  }

  private void starts() {
    List<String> roles = new ArrayList<>();
    for (Move move : decision.moves()) {
      if (move instanceof Move.StartWorker start) {
        roles.add(start.role());
      } else if (move instanceof Move.AskPm) {
        roles.add(AgentTemplate.PM);
      }
    }
    if (!roles.isEmpty() && sim.books.spent(limits)) {
      holds(false, Invariant.BUDGET_FIRST, roles + " although " + sight.spending().period());
    }
    for (String role : roles) {
      String program = limits.cast().program(role);
      Instant until = sim.witness.durable().intake().parked().get(program);
      holds(!ahead(until), Invariant.RESTS_UNTIL_RESET, role + " rests until " + until);
      Allowance said = sim.books.spending().allowances().get(program);
      holds(
          said == null || !closes(said) || !ahead(said.resetsAt()),
          Invariant.RESTS_UNTIL_RESET,
          role + " although " + said);
    }
  }

  private boolean closes(Allowance said) {
    if (limits.quota().overage()) {
      return said.used() < 1 && said.used() >= 1 - limits.quota().reserve();
    }
    return said.overage() || said.used() >= 1 - limits.quota().reserve() || said.used() >= 1;
  }

  private boolean ahead(@Nullable Instant until) {
    return until != null
        && until.truncatedTo(ChronoUnit.SECONDS).isAfter(now)
        && !until.isAfter(now.plus(REST_MAX));
  }

  private void rests() {
    Intake next = decision.next().intake();
    sim.witness
        .durable()
        .intake()
        .parked()
        .forEach((program, until) -> {
          Instant kept = next.parked().get(program);
          holds(
              !ahead(until) || (kept != null && !kept.isBefore(until)),
              Invariant.RESTS_UNTIL_RESET,
              program + " until " + until + ", now " + kept);
        });
    long pms = sight.ended().stream().filter(JobEnd.Pm.class::isInstance).count();
    for (JobEnd end : sight.ended()) {
      if (end instanceof JobEnd.Worker worker
          && worker.end() instanceof WorkerEnd.Silent silent
          && silent.kind() == Breakage.QUOTA
          && Expected.is(before, sight, worker)) {
        Pipeline.Step step = sight.process().pipeline().at(worker.key().phase()).orElseThrow();
        rests(next, step.name(), silent.until());
      } else if (end instanceof JobEnd.Pm pm
          && pm.end() instanceof PmEnd.Silent silent
          && silent.kind() == Breakage.QUOTA
          && pms == 1
          && before.intake().plan() != null
          && before.intake().plan().key().equals(pm.key())) {
        rests(next, AgentTemplate.PM, silent.until());
      }
    }
  }

  private void rests(Intake next, String role, @Nullable Instant until) {
    Instant kept = next.parked().get(limits.cast().program(role));
    boolean asked = sight.inbox().stream().anyMatch(r -> !(r instanceof Request.Retry));
    holds(
        asked || !ahead(until) || (kept != null && !kept.plusSeconds(1).isBefore(until)),
        Invariant.RESTS_UNTIL_RESET,
        role + " is to rest until " + until + ", not " + kept);
    if (ahead(until)) {
      sim.trace.count("program parked");
    }
  }

  private void taskLimits() {
    for (TaskId id : sim.books.spending().tasks().keySet()) {
      Task task = decision.next().tasks().find(id).orElse(null);
      if (task != null && sim.books.spentOn(id, limits)) {
        boolean free = task.status() == TaskStatus.IN_PROGRESS && !atAgent(task);
        holds(!task.open() || free, Invariant.TASK_LIMIT, task);
        if (free) {
          sim.trace.count("beyond its limit, with no agent to come");
        }
        sight.workers().stream()
            .filter(key -> key instanceof JobKey.TaskStep step && step.task().equals(id))
            .forEach(key -> holds(ends(key), Invariant.TASK_LIMIT, key + " goes on"));
      }
    }
  }

  /** Work that only waits to be merged is not lost to a limit. */
  private void parkedForAgents() {
    for (Task task : before.tasks().changedIn(decision.next().tasks())) {
      boolean parked = task.status() == TaskStatus.FAILED && task.is(Reason.Kind.BUDGET);
      boolean already = before.tasks().find(task.id()).filter(t -> !t.open()).isPresent();
      holds(!parked || already || atAgent(task), Invariant.MERGES_GO_ON, task);
    }
  }

  private boolean atAgent(Task task) {
    return sight
        .process()
        .pipeline()
        .at(task.phase())
        .map(step -> step.kind() == Pipeline.Kind.AGENT)
        .orElse(true);
  }

  private boolean ends(JobKey key) {
    return decision.moves().stream()
        .anyMatch(move -> move instanceof Move.EndWorker end && end.key().equals(key));
  }

  private void mergesGoOn() {
    if (limits.forge() != null) {
      return; // What is merged there waits for what only others see.
    }
    if (!sim.books.spent(limits) || sight.stopping()) {
      return;
    }
    Pipeline pipeline = sight.process().pipeline();
    for (Task task : decision.next().tasks().unsettled()) {
      boolean action =
          task.status() == TaskStatus.IN_PROGRESS
              && pipeline.at(task.phase()).filter(s -> s.kind() == Pipeline.Kind.ACTION).isPresent()
              && task.reason() == null;
      if (action && !busy(sight, task.id())) {
        boolean merges =
            decision.moves().stream()
                .anyMatch(m -> m instanceof Move.Merge o && o.key().task().equals(task.id()));
        holds(merges || waits(task), Invariant.MERGES_GO_ON, task);
        sim.trace.count("merges without a budget");
      }
    }
  }

  private boolean waits(Task task) {
    return sight.deferred().keySet().stream()
        .anyMatch(key -> key instanceof JobKey.TaskStep s && s.task().equals(task.id()));
  }

  private static boolean busy(Sight sight, TaskId id) {
    return java.util.stream.Stream.concat(sight.workers().stream(), sight.merges().stream())
        .anyMatch(key -> key instanceof JobKey.TaskStep step && step.task().equals(id));
  }

  private void parkedIsForPeople() {
    Intake intake = decision.next().intake();
    var handed = new ArrayList<>(intake.failures());
    if (intake.plan() != null) {
      handed.addAll(intake.plan().failures());
    }
    for (TaskId id : handed) {
      Task task = decision.next().tasks().find(id).orElse(null);
      holds(
          task == null || !(task.is(Reason.Kind.BUDGET) || task.is(Reason.Kind.NEEDS_HUMAN)),
          Invariant.PARKED_IS_FOR_PEOPLE,
          task == null ? id : task);
    }
  }

  /** A task that was parked at an agent's step is there again. */
  private void retries() {
    Pipeline pipeline = sight.process().pipeline();
    for (Request request : sight.inbox()) {
      Task old =
          request instanceof Request.Retry retry
              ? before.tasks().find(retry.task()).orElse(null)
              : null;
      if (old == null || !pipeline.fingerprint().equals(before.intake().pipeline())) {
        continue;
      }
      Task task = decision.next().task(old.id());
      boolean taken =
          decision.events().stream()
              .anyMatch(
                  e -> e instanceof Event.RequestTaken t && t.what().endsWith(" " + old.id()));
      boolean agent =
          pipeline.at(old.phase()).filter(s -> s.kind() == Pipeline.Kind.AGENT).isPresent();
      if (taken && agent && task.status() == TaskStatus.IN_PROGRESS) {
        holds(
            old.currentPhase().equals(task.phase()) && old.round() == task.round(),
            Invariant.RETRY_RESUMES,
            "from " + old + " to " + task);
        sim.trace.count("retry taken");
      }
    }
  }
}
