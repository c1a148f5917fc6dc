package io.hyperloop;

import io.hyperloop.adapter.git.OrchestratorLock;
import io.hyperloop.adapter.git.Readiness;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.adapter.git.SpecPatterns;
import io.hyperloop.adapter.kustomize.Scaffold;
import io.hyperloop.adapter.probe.EventText;
import io.hyperloop.cli.Console;
import io.hyperloop.cli.Engine;
import io.hyperloop.cli.ExitCode;
import io.hyperloop.cli.Place;
import io.hyperloop.cli.Workspace;
import io.hyperloop.config.Configuration;
import io.hyperloop.config.ConfigurationFile;
import io.hyperloop.config.Overrides;
import io.hyperloop.domain.Decision;
import io.hyperloop.loop.Bell;
import io.hyperloop.loop.Orders;
import io.hyperloop.loop.Ports;
import io.hyperloop.loop.Preview;
import io.hyperloop.terminal.Text;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the commands set in motion, on this machine. */
final class LocalEngine implements Engine {
  private final Map<String, String> environment;
  private final InstantSource clock;

  LocalEngine(Map<String, String> environment, InstantSource clock) {
    this.environment = environment;
    this.clock = clock;
  }

  @Override
  public Workspace open(Place place) {
    return new LocalWorkspace(wiring(place, ConfigurationFile.Check.QUICK, Wiring.Role.VIEWER));
  }

  @Override
  public int run(Place place, RunMode mode, Console console) {
    Wiring.Role role = mode == RunMode.DRY ? Wiring.Role.VIEWER : Wiring.Role.ORCHESTRATOR;
    try (Wiring wiring = wiring(place, ConfigurationFile.Check.FULL, role)) {
      if (mode == RunMode.DRY) {
        return dry(wiring, console);
      }
      wiring.notices().forEach(console::note);
      return new Orchestration(wiring, console, clock).run(mode == RunMode.FOR_EVER);
    }
  }

  @Override
  public int plan(Place place, Console console) {
    var signal = new AtomicInteger(ExitCode.INTERRUPTED);
    try (Wiring wiring = wiring(place, ConfigurationFile.Check.FULL, Wiring.Role.ORCHESTRATOR);
        OrchestratorLock _ = OrchestratorLock.take(wiring.repository(), clock.instant())) {
      wiring.recover().forEach(line -> console.note("recovered: " + line));
      wiring.ready();
      wiring.notices().forEach(console::note);
      console.note(wiring.agents().payer());
      wiring.agents().confinement().notices().forEach(console::note);
      Ports ports = wiring.ports(entry -> {});
      ports.runtime().recover().forEach(line -> console.note("recovered: " + line));
      List<Decision> decisions = asked(wiring, ports, signal);
      if (decisions.size() == 1) {
        console.line("nothing to plan: every spec is answered for");
      }
      decisions.stream().skip(1).forEach(decision -> tell(decision, console));
      return ExitCode.DONE;
    } catch (InterruptedException e) {
      return signal.get();
    }
  }

  /** Whatever happens, the PM does not outlive this. */
  private List<Decision> asked(Wiring wiring, Ports ports, AtomicInteger signal)
      throws InterruptedException {
    Thread asking = Thread.currentThread();
    try (var _ =
        Interrupts.first(code -> {
          signal.set(code);
          asking.interrupt();
        })) {
      return preview(wiring, ports).plan();
    } finally {
      boolean interrupted = Thread.interrupted();
      ports.runtime().endAll("hyperloop plan ends");
      if (interrupted) {
        asking.interrupt();
      }
    }
  }

  @Override
  public int init(InitSettings settings, Console console) {
    Scaffold.Made made = scaffold(settings);
    made.created().forEach(path -> console.line("created " + Text.line(path)));
    if (made.created().isEmpty()) {
      console.line("nothing to create: it is all there");
    }
    if (!made.commit().isEmpty()) {
      console.line(
          "committed "
              + made.committed().size()
              + (made.committed().size() == 1 ? " file to " : " files to ")
              + made.baseBranch()
              + " as "
              + made.commit().substring(0, 7));
    }
    made.notes().forEach(console::note);
    return ExitCode.DONE;
  }

  /** Makes what {@code init} makes, and says nothing. */
  Scaffold.Made scaffold(InitSettings settings) {
    Repository repository = Repository.around(settings.directory());
    Configuration configuration =
        ConfigurationFile.read(
            repository.top(), null, Overrides.NONE, ConfigurationFile.Check.FULL);
    var patterns = new SpecPatterns(configuration.specs());
    return new Scaffold(repository, configuration, patterns::matches, environment)
        .make(new Scaffold.Wish(settings.baseRef(), settings.overlay(), settings.commit()));
  }

  @Override
  public int demo(DemoSettings settings, Console console) {
    return new Demonstration(environment, clock, console).show(settings);
  }

  @Override
  public int clean(Place place, boolean dry, Console console) {
    try (Wiring wiring = wiring(place, ConfigurationFile.Check.FULL, Wiring.Role.VIEWER)) {
      return new Cleaning(wiring, console, clock, dry).run();
    }
  }

  private int dry(Wiring wiring, Console console) {
    wiring.ready();
    wiring.notices().forEach(console::note);
    Decision decision = preview(wiring, wiring.ports(entry -> {})).cycle();
    tell(decision, console);
    if (decision.events().isEmpty()) {
      console.line("nothing to do");
    }
    return ExitCode.DONE;
  }

  private Preview preview(Wiring wiring, Ports ports) {
    return new Preview(
        ports, new Orders(ports.specs()), wiring.configuration().limits(), clock, new Bell());
  }

  private static void tell(Decision decision, Console console) {
    decision.events().stream()
        .map(EventText::of)
        .forEach(words -> console.line(words.subject() + "  " + words.text()));
  }

  private Wiring wiring(Place place, ConfigurationFile.Check check, Wiring.Role role) {
    Repository repository = Repository.around(place.directory());
    var overrides = new Overrides(place.repo(), place.branch(), place.maxWorkers());
    Configuration configuration =
        ConfigurationFile.read(repository.top(), place.config(), overrides, check);
    String base = new Readiness(repository).base(configuration.baseBranch());
    return new Wiring(repository, configuration, base, environment, clock, role);
  }
}
