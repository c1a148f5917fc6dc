package io.hyperloop;

import io.hyperloop.adapter.agent.Guard;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.adapter.agent.Redaction;
import io.hyperloop.adapter.agent.Secrets;
import io.hyperloop.adapter.agent.WorkerEnvironment;
import io.hyperloop.adapter.git.BaseBranch;
import io.hyperloop.adapter.git.CleanRoom;
import io.hyperloop.adapter.git.GitWorkplace;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.adapter.git.SpecPatterns;
import io.hyperloop.adapter.git.WorktreeSettings;
import io.hyperloop.config.Configuration;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.Workplace;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The part of a repository's object graph that is about agents on this machine. */
final class AgentWiring {
  private final Repository repository;
  private final Configuration configuration;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Supplier<Map<String, String>> others;
  private @Nullable Confinement confinement;

  /**
   * Of that repository.
   *
   * @param others secrets by name that the environment does not hold
   */
  AgentWiring(
      Repository repository,
      Configuration configuration,
      Map<String, String> environment,
      InstantSource clock,
      Supplier<Map<String, String>> others) {
    this.others = others;
    this.repository = repository;
    this.configuration = configuration;
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * What keeps agents from harm; tried out when first asked for.
   *
   * @throws io.hyperloop.port.PortFailure of kind ENVIRONMENT if it is demanded and does not work
   */
  Confinement confinement() {
    Confinement known = confinement;
    if (known == null) {
      known =
          Confinement.of(
              configuration.confinement(),
              stateDirectory(),
              repository.commonDirectory(),
              environment);
      confinement = known;
    }
    return known;
  }

  private Path stateDirectory() {
    return repository.stateDirectory(environment);
  }

  private Secrets secrets() {
    return Secrets.of(environment, configuration.allEnvironments(), others.get());
  }

  /** Which credential pays, in words. */
  String payer() {
    return new Harnesses(configuration, environment, clock).payer();
  }

  GitWorkplace workplace(BaseBranch base, CleanRoom room, SpecPatterns patterns) {
    Configuration.Worktree wish = configuration.worktree();
    return new GitWorkplace(
        repository,
        base,
        room,
        patterns,
        stateDirectory(),
        new WorktreeSettings(wish.setup(), wish.copy(), wish.setupTimeout()),
        environment,
        new Guard(confinement().forSetUp(), secrets()));
  }

  LocalRuntime runtime(Workplace workplace, CleanRoom room, Ledger ledger) {
    return new LocalRuntime(
        workplace,
        new Harnesses(configuration, environment, clock)::of,
        stateDirectory(),
        new WorkerEnvironment(
            environment, room.identityFor(environment), configuration.environment()),
        confinement().forAgents(),
        new Redaction(secrets()),
        ledger,
        clock,
        new DiskWiring(configuration, stateDirectory(), clock).quota()::full);
  }
}
