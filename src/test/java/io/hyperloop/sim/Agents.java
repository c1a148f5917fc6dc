package io.hyperloop.sim;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Plan;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.FakeAgentRuntime;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.sim.Faults.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents on the simulated machine. They outlive whoever started them, and end when the dice say
 * so, be there an orchestrator or not.
 */
final class Agents {
  private static final Duration TIME_LIMIT = Duration.ofHours(1);

  /** One run of an agent; a later one of the same key is another. */
  private static final class Run {
    private final WorkOrder order;
    private final @Nullable Plan plan;
    private final Replies replies;

    private Run(WorkOrder order, @Nullable Plan plan, Replies replies) {
      this.order = order;
      this.plan = plan;
      this.replies = replies;
    }
  }

  private final Simulation sim;
  private final Map<JobKey, Run> runs = new HashMap<>();
  private FakeAgentRuntime runtime = new FakeAgentRuntime();
  private int works;
  private long started;
  private Runnable wake = () -> {};
  private Instant fullUntil = Instant.MIN;

  Agents(Simulation sim) {
    this.sim = sim;
    runtime.leaving(this::left);
  }

  FakeAgentRuntime runtime() {
    return runtime;
  }

  /** Who is told that something changed. */
  void onChange(Runnable hearer) {
    wake = hearer;
    runtime.onChange(hearer);
  }

  void wake() {
    wake.run();
  }

  /** The orchestrator is gone: a new one finds what is there. */
  void orphaned() {
    runtime.forgetStarted();
    runtime = runtime.killed();
  }

  /** Starts an agent, unless it runs or has ended; tells which. */
  String begin(WorkOrder order) {
    int before = runtime.started().size();
    if (noRoom()) {
      return refuse(order);
    }
    branch(order);
    runtime.ensure(order);
    if (runtime.started().size() == before) {
      return "was there";
    }
    runtime.forgetStarted();
    started++;
    var run = new Run(order, plan(order), new Replies(sim, order, "w" + started));
    runs.put(order.key(), run);
    sim.witness.started(order);
    sim.trace.count("agent started");
    boolean hangs = sim.faults.strikes(Kind.AGENT_HANGS);
    Duration time = hangs ? TIME_LIMIT : Duration.ofSeconds(sim.dice.below(400));
    sim.time.in(time, () -> finish(run, hangs));
    if (sim.means.counted) {
      run.replies.within(hangs ? Duration.ofMinutes(5) : time);
    }
    return "started";
  }

  private boolean noRoom() {
    if (sim.faults.strikes(Kind.NO_ROOM)) {
      fullUntil = sim.time.now().plusSeconds(1 + sim.dice.below(900));
    }
    return !sim.faults.calm() && sim.time.now().isBefore(fullUntil);
  }

  /** It ends before it begins, unless it runs or has ended; tells which. */
  private String refuse(WorkOrder order) {
    int before = runtime.started().size();
    runtime.ensure(order);
    if (runtime.started().size() == before || !runtime.observe().running().contains(order.key())) {
      return "was there";
    }
    runtime.forgetStarted();
    sim.trace.count("no room");
    Delivery none = order.writes() ? new Delivery.Unusable("never ready") : new Delivery.ReadOnly();
    runtime.finish(
        switch (order.key()) {
          case JobKey.Planning pm -> new JobEnd.Pm(pm, new PmEnd.Silent(Breakage.NO_ROOM, "full"));
          case JobKey.TaskStep step ->
              new JobEnd.Worker(step, new WorkerEnd.Silent(Breakage.NO_ROOM, "full", none));
        });
    return "no room";
  }

  /**
   * What the PM is asked; null for other agents, and where nobody waits for the answer any more.
   */
  private @Nullable Plan plan(WorkOrder order) {
    Plan plan = sim.disk.state().intake().plan();
    return plan != null && plan.key().equals(order.key()) ? plan : null;
  }

  /** A work tree is made from the task's branch, which is made if it is missing. */
  private void branch(WorkOrder order) {
    WorkOrder.Work work = order.work();
    if (work == null) {
      return;
    }
    String discard = work.discardHead();
    if (discard != null && discard.equals(sim.trunk.branches().get(work.branch()))) {
      sim.trunk.deleteBranch(work.branch());
    }
    String ignored = sim.trunk.branch(work.branch());
  }

  /** Ends a run after a while, but none that comes after it. */
  void end(JobKey key, String why, Duration grace) {
    Run run = runs.get(key);
    if (run != null) {
      run.replies.end();
    }
    sim.time.in(
        grace,
        () -> {
          if (run != null && run.equals(runs.get(key))) {
            runtime.end(key, why);
          }
        });
  }

  void endAll(String why) {
    runs.values().forEach(run -> run.replies.end());
    runtime.endAll(why);
  }

  private void finish(Run run, boolean hung) {
    JobKey key = run.order.key();
    run.replies.end();
    if (!runs.remove(key, run) || !runtime.observe().running().contains(key)) {
      return;
    }
    JobEnd end =
        switch (key) {
          case JobKey.Planning pm ->
              new JobEnd.Pm(
                  pm,
                  hung || run.plan == null
                      ? new PmEnd.Silent(Breakage.TIMED_OUT, "nothing was heard")
                      : sim.pm.end(run.plan));
          case JobKey.TaskStep step -> new JobEnd.Worker(step, worker(run.order, hung));
        };
    sim.trace("ends: " + end);
    runtime.finish(end);
  }

  private WorkerEnd worker(WorkOrder order, boolean hung) {
    Delivery delivery = delivery(order);
    if (hung) {
      return new WorkerEnd.Silent(Breakage.TIMED_OUT, "nothing was heard", delivery);
    }
    if (sim.faults.strikes(Kind.AGENT_BREAKS)) {
      Breakage kind = breakage();
      return new WorkerEnd.Silent(kind, sim.text("output"), delivery, until(kind));
    }
    boolean stubborn = sim.means.stubborn && !sim.faults.calm() && !sim.dice.oneIn(4);
    Report.Verdict verdict =
        stubborn || sim.faults.strikes(Kind.AGENT_FAILS)
            ? Report.Verdict.FAIL
            : sim.faults.strikes(Kind.AGENT_ASKS) ? Report.Verdict.QUESTION : Report.Verdict.PASS;
    sim.trace.count("agent says " + verdict);
    boolean same = stubborn || sim.faults.strikes(Kind.AGENT_REPEATS);
    boolean noChange = delivery instanceof Delivery.Taken taken && !taken.changed();
    return new WorkerEnd.Reported(
        new Report(
            verdict,
            same ? "The same\nagain." : sim.text("detail"),
            noChange && (sim.faults.calm() || sim.dice.oneIn(2))),
        delivery);
  }

  /** No room is left out: it keeps agents from starting, and is no end of one that did. */
  private static final List<Breakage> BREAKAGES =
      Stream.of(Breakage.values()).filter(kind -> kind != Breakage.NO_ROOM).toList();

  /** Until when an agent that is out of quota says that it is. */
  @Nullable Instant until(Breakage kind) {
    return kind == Breakage.QUOTA && sim.means.counted ? sim.means.reset(sim.time.clock()) : null;
  }

  Breakage breakage() {
    boolean quota = sim.means.counted && sim.dice.oneIn(3);
    Breakage kind = quota ? Breakage.QUOTA : sim.dice.pick(BREAKAGES);
    if (kind == Breakage.CREDENTIALS && !sim.dice.oneIn(10)) {
      kind = Breakage.CRASHED;
    }
    sim.trace.count("agent " + kind);
    return kind;
  }

  /** What an agent's work comes to. */
  private Delivery delivery(WorkOrder order) {
    WorkOrder.Work work = order.work();
    if (work == null || !order.writes()) {
      return new Delivery.ReadOnly();
    }
    if (sim.faults.strikes(Kind.DELIVERY)) {
      sim.trace.count("delivery refused");
      return sim.dice.oneIn(2)
          ? new Delivery.Unusable("its HEAD is gone")
          : new Delivery.Forbidden(List.of("specs/a.md"));
    }
    if (sim.faults.strikes(Kind.DELIVERY)) {
      return new Delivery.Taken(sim.trunk.branch(work.branch()), false, false);
    }
    works++;
    String file = sim.fileOf(work.task());
    boolean anew = !sim.faults.strikes(Kind.AGENT_REPEATS);
    return new Delivery.Taken(sim.trunk.work(work.branch(), file, "work " + works), true, anew);
  }

  /** What an agent leaves that is ended before it reports: its work so far, or none. */
  private Delivery left(WorkOrder order) {
    WorkOrder.Work work = order.work();
    return work == null || sim.dice.oneIn(2)
        ? delivery(order)
        : new Delivery.Taken(sim.trunk.branch(work.branch()), false);
  }
}
