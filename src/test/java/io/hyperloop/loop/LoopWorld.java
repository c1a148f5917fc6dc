package io.hyperloop.loop;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Event;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.FakeAgentRuntime;
import io.hyperloop.port.FakeInbox;
import io.hyperloop.port.FakeLease;
import io.hyperloop.port.FakeSpecSource;
import io.hyperloop.port.FakeStateStore;
import io.hyperloop.port.FakeTrunk;
import io.hyperloop.port.Lease;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates;
import io.hyperloop.port.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A world in which every agent answers at once. Tests replace what they are about. */
final class LoopWorld implements Templates {
  final FakeSpecSource specs = new FakeSpecSource();
  final FakeStateStore.Disk disk = new FakeStateStore.Disk();
  final FakeStateStore store = new FakeStateStore(disk);
  FakeAgentRuntime agents = new FakeAgentRuntime();
  final FakeTrunk trunk = new FakeTrunk();
  final FakeInbox inbox = new FakeInbox();
  FakeLease lease = new FakeLease();
  final List<Event> events = new ArrayList<>();
  final List<String> prompts = new ArrayList<>();
  Function<WorkOrder, @Nullable JobEnd> agent = this::answer;
  Consumer<Event> onEvent = event -> {};
  @Nullable PortFailure templateFailure;
  boolean gated;

  /** Time that passed apart from the minute that each event takes. */
  Duration passed = Duration.ZERO;

  UnaryOperator<Lease> leasing = sound -> sound;

  /** Whether the templates built when they were last asked for. */
  boolean built;

  private @Nullable Playbook playbook;

  Reconciler reconciler(boolean watch, long maxCycles) {
    agents = agents.killed();
    var limits = new Limits(2, 5, 3, 3, 3, 100, 2, Duration.ofMillis(1));
    var ports =
        new Ports(
            specs,
            store,
            new Answering(),
            trunk,
            this,
            inbox,
            leasing.apply(lease),
            Ledger.NONE,
            io.hyperloop.port.Publishing.NONE,
            entry -> {
              events.add(entry.event());
              onEvent.accept(entry.event());
            });
    return new Reconciler(
        ports,
        new Orders(specs),
        limits,
        new Reconciler.Mode(watch, maxCycles),
        this::now,
        Runnable::run,
        new Bell());
  }

  private Instant now() {
    return Instant.parse("2026-11-22T10:00:00Z").plusSeconds(events.size() * 60L).plus(passed);
  }

  Ending run() throws InterruptedException {
    return reconciler(false, 1000).run();
  }

  private JobEnd answer(WorkOrder order) {
    return switch (order.key()) {
      case JobKey.Planning pm -> new JobEnd.Pm(pm, new PmEnd.Answered(plan(specs)));
      case JobKey.TaskStep step -> worker(order, step, Report.Verdict.PASS);
    };
  }

  JobEnd worker(WorkOrder order, JobKey.TaskStep step, Report.Verdict verdict) {
    var work = java.util.Objects.requireNonNull(order.work());
    Delivery delivery =
        order.writes()
            ? new Delivery.Taken(
                trunk.work(work.branch(), work.task() + ".txt", "round " + work.round()), true)
            : new Delivery.ReadOnly();
    return new JobEnd.Worker(
        step, new WorkerEnd.Reported(new Report(verdict, "said", false), delivery));
  }

  /** One task per spec that there is. */
  static PmReport plan(FakeSpecSource specs) {
    List<PmReport.Proposal> tasks = new ArrayList<>();
    for (String path : specs.at(specs.tip(), Map.of()).keySet()) {
      tasks.add(new PmReport.Proposal("", "Do " + path, path, "", List.of(), List.of()));
    }
    return new PmReport(tasks, List.of(), List.of(), List.of());
  }

  @Override
  public Playbook at(String tip) {
    PortFailure failure = templateFailure;
    built = failure == null;
    if (failure != null) {
      throw failure;
    }
    Playbook built = playbook;
    playbook = built == null ? build() : built;
    return playbook;
  }

  private Playbook build() {
    var nodes = new ArrayList<Pipeline.Node>();
    nodes.add(
        new Pipeline.Node.Loop(
            List.of(
                new Pipeline.Node.Agent("implementer", null),
                new Pipeline.Node.Agent("verifier", null))));
    if (gated) {
      nodes.add(new Pipeline.Node.Gate("approval", null));
    }
    nodes.add(new Pipeline.Node.Action("merge-pr", null));
    var process =
        new ProcessDefinition(
            Pipeline.of(nodes),
            Map.of("approval", new Gate.Manual()),
            Map.of("merge-pr", new Action.Merge()));
    return new Playbook(
        Map.of(
            "pm", new AgentTemplate("pm", "Plan.", Map.of(), false),
            "implementer", new AgentTemplate("implementer", "Do.", Map.of(), true),
            "verifier", new AgentTemplate("verifier", "Judge.", Map.of(), false)),
        process,
        List.of());
  }

  /** The fake runtime, with agents that end as soon as they have begun. */
  private final class Answering implements AgentRuntime {
    @Override
    public void ensure(WorkOrder order) {
      agents.ensure(order);
      prompts.add(order.prompt());
      JobEnd end = agent.apply(order);
      if (end != null) {
        agents.finish(end);
      }
    }

    @Override
    public Observed observe() {
      return agents.observe();
    }

    @Override
    public void end(JobKey key, String why) {
      agents.end(key, why);
    }

    @Override
    public void release(JobKey key) {
      agents.release(key);
    }

    @Override
    public List<String> recover() {
      return agents.recover();
    }

    @Override
    public void onChange(Runnable wake) {
      agents.onChange(wake);
    }

    @Override
    public void endAll(String why) {
      agents.endAll(why);
    }
  }
}
