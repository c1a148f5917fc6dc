package io.hyperloop;

import io.hyperloop.adapter.git.Maintenance;
import io.hyperloop.adapter.git.OrchestratorLock;
import io.hyperloop.adapter.probe.ConsoleLog;
import io.hyperloop.adapter.probe.EventLog;
import io.hyperloop.adapter.probe.LiveView;
import io.hyperloop.cli.Console;
import io.hyperloop.cli.ExitCode;
import io.hyperloop.domain.State;
import io.hyperloop.loop.Bell;
import io.hyperloop.loop.Ending;
import io.hyperloop.loop.Orders;
import io.hyperloop.loop.Ports;
import io.hyperloop.loop.Reconciler;
import io.hyperloop.port.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One orchestrator from its start to its end: lock, probes, signals, and the loop between them. */
final class Orchestration {
  /** What is left at the end is tidying, and pushing what the next start pushes as well. */
  private static final Duration JOBS_LIMIT = Duration.ofSeconds(30);

  private final Wiring wiring;
  private final Console console;
  private final InstantSource clock;

  Orchestration(Wiring wiring, Console console, InstantSource clock) {
    this.wiring = wiring;
    this.console = console;
    this.clock = clock;
  }

  /** Runs until nothing is left to do, or for ever; gives the exit code. */
  int run(boolean watch) {
    try (OrchestratorLock _ = OrchestratorLock.take(wiring.repository(), clock.instant());
        var log = new EventLog(events())) {
      wiring.recover().forEach(line -> console.note("recovered: " + line));
      wiring.ready();
      console.note(wiring.agents().payer());
      wiring.agents().confinement().notices().forEach(console::note);
      State state = wiring.store().load();
      if (console.screen().animated()) {
        try (var view = view(state)) {
          return reconcile(watch, both(view, log));
        }
      }
      try (var lines = lines()) {
        return reconcile(watch, both(lines, log));
      }
    }
  }

  private Path events() {
    return wiring.stateDirectory().resolve("events.jsonl");
  }

  private ConsoleLog lines() {
    return new ConsoleLog(
        console.raw(),
        console.screen(),
        ZoneId.systemDefault(),
        why ->
            console.note(
                "the output cannot be written ("
                    + why
                    + "); the work goes on, told in "
                    + events()));
  }

  private LiveView view(State state) {
    return new LiveView(console.raw(), console.screen(), state, ZoneId.systemDefault(), clock);
  }

  private static Probe both(Probe first, Probe second) {
    return entry -> {
      first.accept(entry);
      second.accept(entry);
    };
  }

  private int reconcile(boolean watch, Probe probe) {
    Ports ports = wiring.ports(probe);
    int cycles = Objects.requireNonNullElse(wiring.configuration().maxCycles(), 0);
    ExecutorService jobs = Executors.newVirtualThreadPerTaskExecutor();
    try {
      var reconciler =
          new Reconciler(
              ports,
              new Orders(ports.specs()),
              wiring.configuration().limits(),
              new Reconciler.Mode(watch, cycles),
              clock,
              jobs,
              new Bell());
      var stoppedBy = new AtomicInteger();
      try (var _ = upkeep(probe);
          var _ =
              Interrupts.first(code -> {
                stoppedBy.set(code);
                reconciler.stop();
              })) {
        wiring.ledger().begin();
        Ending ending = reconciler.run();
        wiring.ledger().end();
        return switch (ending) {
          case Ending.Converged _ -> ExitCode.DONE;
          case Ending.NeedsHuman _ -> ExitCode.NEEDS_HUMAN;
          case Ending.Stopped _ -> stoppedBy.get();
        };
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      finish(jobs);
    }
  }

  private Upkeep upkeep(Probe probe) {
    return Upkeep.start(
        wiring.disk().housekeeping()::tidy,
        new Maintenance(wiring.repository(), clock)::run,
        text -> wiring.warn(probe, text));
  }

  /** A job that hangs does not keep the program from ending: it is as if we had been killed. */
  private static void finish(ExecutorService jobs) {
    jobs.shutdown();
    try {
      if (!jobs.awaitTermination(JOBS_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        List<Runnable> unused = jobs.shutdownNow();
      }
    } catch (InterruptedException e) {
      List<Runnable> unused = jobs.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
