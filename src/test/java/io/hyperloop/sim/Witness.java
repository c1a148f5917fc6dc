package io.hyperloop.sim;

import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Invariants;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.Standing;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.loop.Ending;
import io.hyperloop.port.Trunk;
import io.hyperloop.port.WorkOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows what really happened in the world, and says so when it may not have. */
final class Witness {
  private final Simulation sim;
  private final Set<String> merged = new HashSet<>();

  /** Heads: tasks that changed nothing may share one. */
  private final Set<String> landed = new HashSet<>();

  /** Ends as objects: two runs of one key may end alike. */
  private final Set<JobEnd> recorded = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<String> requests = new HashSet<>();
  private final Set<JobKey> counted = new HashSet<>();

  /** The last round in which something new came onto a task's branch. */
  private final Map<TaskId, Integer> anew = new HashMap<>();

  private State durable = State.EMPTY;
  private @Nullable Sight sight;
  private @Nullable Decision decision;
  private boolean spent;
  private boolean endedAll;
  private long saves;

  Witness(Simulation sim) {
    this.sim = sim;
  }

  private static void holds(boolean so, Invariant invariant, Object detail) {
    if (!so) {
      throw new Violation(invariant, detail.toString());
    }
  }

  void begins() {
    endedAll = false;
    sight = null;
    decision = null;
  }

  // The runtime.

  void started(WorkOrder order) {
    Set<JobKey> running = sim.agents.runtime().observe().running();
    long slots = running.stream().filter(JobKey.TaskStep.class::isInstance).count();
    holds(running.size() - slots <= 1, Invariant.ONE_WORKER_PER_TASK, running);
    holds(
        !(order.key() instanceof JobKey.Planning pm)
            || sim.disk.state().intake().generation() >= pm.generation(),
        Invariant.ENTERED_BEFORE_ACTED,
        order.key());
    if (!(order.key() instanceof JobKey.TaskStep key) || !running.contains(key)) {
      return; // The PM, or started after all was ended: then it has ended already.
    }
    holds(slots <= sim.limits.maxWorkers(), Invariant.MAX_WORKERS, running);
    holds(
        running.stream().filter(k -> of(k, key.task())).count() <= 1,
        Invariant.ONE_WORKER_PER_TASK,
        running);
    holds(!counted.contains(key), Invariant.COUNTED_ONCE, key + " is done again");
    Task task = sim.disk.state().tasks().find(key.task()).orElse(null);
    holds(
        task != null && task.round() >= key.round() && task.status() != TaskStatus.NOT_STARTED,
        Invariant.ENTERED_BEFORE_ACTED,
        key + " for " + task);
    for (TaskId id : Objects.requireNonNull(task).deps()) {
      Task dep = sim.disk.state().task(id);
      holds(
          dep.status() == TaskStatus.COMPLETE && onBase(dep),
          Invariant.DEPS_FIRST,
          key + ", " + id);
    }
  }

  private static boolean of(JobKey key, TaskId task) {
    return key instanceof JobKey.TaskStep step && step.task().equals(task);
  }

  void released(JobKey key) {
    for (JobEnd end : sim.agents.runtime().observe().ended()) {
      if (end.key().equals(key)) {
        holds(recorded.contains(end), Invariant.ENDS_ARE_RECORDED, "released: " + end);
        recorded.remove(end);
      }
    }
  }

  void endedAll() {
    endedAll = true;
  }

  /** The process has ended by itself, and so have all its jobs. */
  void exited() {
    Set<JobKey> running = sim.agents.runtime().observe().running();
    holds(!endedAll || running.isEmpty(), Invariant.LEAVES_NOTHING_RUNNING, running);
  }

  // The base branch.

  /** A merge was tried; {@code moved} tells whether it made a commit. */
  void merged(Trunk.MergeOrder order, MergeEnd end, boolean moved) {
    String head = order.task() + " " + order.head();
    if (moved) {
      holds(merged.add(head), Invariant.MERGED_ONCE, head);
    }
    if (end instanceof MergeEnd.Merged) {
      landed.add(order.head());
    }
  }

  private boolean onBase(Task task) {
    return task.merged() == null || task.head() == null || landed.contains(task.head());
  }

  // The inbox.

  void discarded(String id) {
    holds(requests.contains(id), Invariant.REQUESTS_ARE_RECORDED, id);
  }

  // The state.

  void loaded(State state) {
    holds(state.equals(sim.disk.state()), Invariant.FILES_KEEP_STATE, "loaded otherwise");
    holds(state.equals(durable), Invariant.SAVED_IS_SAVED, "an acknowledged save is gone");
  }

  void decided(Sight seen, Decision made, State before) {
    sight = seen;
    decision = made;
    spent = sim.books.spent(sim.limits);
    if (made.next().equals(before)) {
      record(seen, before, before);
    }
  }

  void saved(@Nullable State known, State before, State next) {
    holds(before.equals(known), Invariant.LINEAR_HISTORY, "saved over another's state");
    durable = next;
    saves++;
    boolean thorough = saves % sim.thoroughEvery == 0;
    List<String> broken =
        thorough ? Invariants.violated(before, next, sim.limits) : List.of(); // The loop looks too.
    holds(broken.isEmpty(), Invariant.DOMAIN, broken);
    within(before, next, sim.limits);
    for (Task task : before.tasks().changedIn(next.tasks())) {
      holds(
          task.status() != TaskStatus.COMPLETE || onBase(task),
          Invariant.COMPLETE_IS_ON_BASE,
          task.id() + " at " + task.head());
      if (thorough && sim.dice.oneIn(6)) {
        holds(Files.through(task).equals(task), Invariant.FILES_KEEP_STATE, task);
        List<Review> reviews = next.reviews().of(task.id());
        holds(Files.through(reviews).equals(reviews), Invariant.FILES_KEEP_STATE, reviews);
      }
    }
    if (thorough && sim.dice.oneIn(8)) {
      boolean same = Files.through(next.intake()).equals(next.intake());
      holds(same, Invariant.FILES_KEEP_STATE, next.intake());
    }
    Sight seen = sight;
    Decision made = decision;
    if (seen != null && made != null && made.next().equals(next)) {
      record(seen, before, next);
    }
  }

  /** Independent of how the domain counts: what is in the state is held against the limits. */
  private static void within(State before, State next, Limits limits) {
    for (Task task : before.tasks().changedIn(next.tasks())) {
      boolean open = task.open();
      holds(
          task.round() <= limits.maxTaskRounds()
              && (!open || task.round() < limits.maxTaskRounds())
              && task.attempts() < limits.maxWorkerAttempts()
              && task.actionAttempts() < limits.maxActionAttempts()
              && (!open || task.setupAttempts() < Limits.SETUP_ATTEMPTS_MAX),
          Invariant.WITHIN_LIMITS,
          task);
    }
    next.intake()
        .replans()
        .forEach((version, n) ->
            holds(n <= limits.maxReplans(), Invariant.WITHIN_LIMITS, version + " had " + n));
    int created = next.intake().nextTask() - before.intake().nextTask();
    holds(created <= limits.maxTasksPerIntake(), Invariant.WITHIN_LIMITS, created + " tasks");
  }

  private void record(Sight seen, State before, State next) {
    recorded.addAll(seen.ended());
    seen.inbox().stream().map(Request::id).forEach(requests::add);
    String pipeline = seen.process().pipeline().fingerprint();
    if (!pipeline.equals(before.intake().pipeline())) {
      counted.clear(); // Tasks may begin again at a step that they have been at.
    }
    for (JobEnd end : seen.ended()) {
      if (end instanceof JobEnd.Worker worker && Expected.is(before, seen, worker)) {
        if (Expected.counts(before, seen, worker)) {
          counted.add(worker.key());
        }
      }
      if (end instanceof JobEnd.Worker worker && Expected.anew(before, seen, next, worker)) {
        anew.put(worker.key().task(), worker.key().round());
      }
    }
    for (Request request : seen.inbox()) {
      if (request instanceof Request.Retry retry) {
        counted.removeIf(key -> of(key, retry.task())); // It has all its chances anew.
      }
    }
  }

  /** Everything is said to be in sync. */
  void inSync(Collection<String> open) {
    holds(open.isEmpty(), Invariant.IN_SYNC_IS_TRUE, open);
  }

  /** The last round in which something new came onto a task's branch; -1 for none. */
  int lastAnew(TaskId task) {
    return anew.getOrDefault(task, -1);
  }

  /** A process has ended by itself, and told why. */
  void halted(Ending ending) {
    Decision made = decision;
    if (!(ending instanceof Ending.NeedsHuman needs) || made == null) {
      return;
    }
    String why = String.join("\n", needs.why());
    holds(!why.isBlank(), Invariant.HALT_SAYS_WHY, ending);
    switch (made.standing()) {
      case Standing.Stuck _ ->
          holds(
              why.contains("credentials")
                  || why.contains("pm_max_failures")
                  || (why.contains("(limits.") && spent),
              Invariant.HALT_SAYS_WHY,
              why);
      case Standing.Settled _ -> {
        for (Task task : durable.tasks()) {
          boolean parked = task.is(Reason.Kind.BUDGET) || task.is(Reason.Kind.NEEDS_HUMAN);
          holds(
              !parked || why.contains(task.id() + ": " + task.reason()),
              Invariant.HALT_SAYS_WHY,
              task.id() + " is not in " + why);
        }
      }
      case Standing.Busy _, Standing.Waiting _ -> {}
    }
  }

  State durable() {
    return durable;
  }
}
