package io.hyperloop;

import io.hyperloop.adapter.git.BaseBranch;
import io.hyperloop.adapter.git.CleanRoom;
import io.hyperloop.adapter.git.GitLease;
import io.hyperloop.adapter.git.GitSpecSource;
import io.hyperloop.adapter.git.GitStateStore;
import io.hyperloop.adapter.git.GitTrunk;
import io.hyperloop.adapter.git.GitWorkplace;
import io.hyperloop.adapter.git.Leftovers;
import io.hyperloop.adapter.git.LockRecovery;
import io.hyperloop.adapter.git.Readiness;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.adapter.git.SpecPatterns;
import io.hyperloop.adapter.git.StatePlace;
import io.hyperloop.adapter.git.WatchedWorkplace;
import io.hyperloop.adapter.inbox.DirectoryInbox;
import io.hyperloop.adapter.kustomize.KustomizeTemplates;
import io.hyperloop.adapter.ledger.FileLedger;
import io.hyperloop.config.Configuration;
import io.hyperloop.domain.Event;
import io.hyperloop.loop.Ports;
import io.hyperloop.port.Lease;
import io.hyperloop.port.Probe;
import io.hyperloop.port.Publishing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The object graph of one repository: who is given whom. */
final class Wiring implements AutoCloseable {
  private final Repository repository;
  private final Configuration configuration;
  private final BaseBranch base;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Role role;
  private final AgentWiring agents;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private @Nullable CleanRoom room;
  private @Nullable GitStateStore store;
  private @Nullable GitSpecSource specs;
  private @Nullable KustomizeTemplates templates;
  private @Nullable FileLedger ledger;
  private @Nullable GitHubWiring gitHub;

  /** What is done with the repository. */
  enum Role {
    /** Agents and merges, under the lock. */
    ORCHESTRATOR,
    /** Looking only: perhaps beside an orchestrator, whose files are left alone. */
    VIEWER
  }

  Wiring(
      Repository repository,
      Configuration configuration,
      String baseBranch,
      Map<String, String> environment,
      InstantSource clock,
      Role role) {
    this.role = role;
    this.repository = repository;
    Configuration chosen = Harnesses.chosen(configuration, environment);
    Configuration.PullRequests pulls = chosen.pullRequests();
    String repo = pulls.repo();
    if (repo == null) {
      this.configuration = chosen;
      this.base = new BaseBranch(repository, baseBranch, this::room);
    } else {
      this.configuration =
          chosen.withForge(GitHubWiring.forge(pulls, repo, baseBranch, environment));
      this.base = BaseBranch.fetched(repository, baseBranch, GitHubWiring.REMOTE, this::room);
    }
    this.environment = environment;
    this.clock = clock;
    this.agents =
        new AgentWiring(repository, this.configuration, environment, clock, this::secrets);
  }

  Repository repository() {
    return repository;
  }

  Configuration configuration() {
    return configuration;
  }

  AgentWiring agents() {
    return agents;
  }

  BaseBranch base() {
    return base;
  }

  Path stateDirectory() {
    return repository.stateDirectory(environment);
  }

  SpecPatterns patterns() {
    return new SpecPatterns(configuration.specs());
  }

  GitStateStore store() {
    GitStateStore known = store;
    if (known == null) {
      StatePlace place =
          StatePlace.of(repository, base.name(), configuration.stateBranch(), hosted());
      known = new GitStateStore(repository, base, place, configuration.push(), clock);
      store = known;
    }
    return known;
  }

  GitSpecSource specs() {
    GitSpecSource known = specs;
    if (known == null) {
      known = new GitSpecSource(repository, base, room(), patterns());
      specs = known;
    }
    return known;
  }

  /**
   * The orchestrator's room is furnished once, before its agents start; a viewer that furnished the
   * same one anew would let in what an agent has written to the repository's configuration since.
   */
  private CleanRoom room() {
    CleanRoom known = room;
    if (known == null) {
      known =
          switch (role) {
            case ORCHESTRATOR -> CleanRoom.of(repository, stateDirectory());
            case VIEWER -> {
              var temporary = new TemporaryFolder("hyperloop-view-");
              opened.add(temporary);
              yield CleanRoom.of(repository, temporary.path());
            }
          };
      room = known;
    }
    return known;
  }

  KustomizeTemplates templates() {
    KustomizeTemplates known = templates;
    if (known == null) {
      known =
          new KustomizeTemplates(
              repository, configuration.overlay(), environment, configuration.repo() != null);
      templates = known;
    }
    return known;
  }

  /**
   * Finishes what a killed orchestrator left half done in the work trees on our branches, so that
   * the state can be loaded, and takes its locks away. Under the lock, before anything else.
   *
   * @return one line for each thing found and done
   */
  List<String> recover() {
    var done = new ArrayList<>(base.recover());
    done.addAll(store().recover());
    done.addAll(new LockRecovery(repository).run());
    return done;
  }

  DirectoryInbox inbox(BiConsumer<Path, String> onRejected) {
    return new DirectoryInbox(
        repository.privateDirectory().resolve("inbox"),
        clock,
        RandomGenerator.getDefault(),
        onRejected);
  }

  DiskWiring disk() {
    return new DiskWiring(configuration, stateDirectory(), clock);
  }

  /** What earlier runs left. */
  Leftovers leftovers() {
    return new Leftovers(repository, base, room(), stateDirectory());
  }

  private boolean hosted() {
    return configuration.pullRequests().repo() != null;
  }

  private Map<String, String> secrets() {
    return hosted() ? gitHub().secrets() : Map.of();
  }

  /** What is made only where work goes through pull requests. */
  private GitHubWiring gitHub() {
    GitHubWiring known = gitHub;
    if (known == null) {
      known = new GitHubWiring(repository, base, room(), configuration, environment);
      gitHub = known;
    }
    return known;
  }

  /** All ports, for an orchestrator. */
  Ports ports(Probe probe) {
    CleanRoom room = room();
    var trunk =
        new GitTrunk(
            repository,
            base,
            room,
            Strategies.local(configuration.merge().strategy()),
            configuration.merge().deleteBranch());
    GitWorkplace workplace = agents.workplace(base, room, patterns());
    opened.add(workplace);
    var watched = new WatchedWorkplace(workplace, repository, text -> warn(probe, text));
    return new Ports(
        specs(),
        store(),
        agents.runtime(watched, room, ledger()),
        hosted() ? gitHub().trunk(trunk) : trunk,
        templates(),
        inbox((file, why) -> warn(probe, "inbox: " + file + " was set aside: " + why)),
        configuration.push() ? new GitLease(repository, base, clock) : Lease.UNSHARED,
        ledger(),
        hosted() ? gitHub().publishing() : Publishing.NONE,
        probe);
  }

  void warn(Probe probe, String text) {
    probe.accept(new Probe.Entry(0, clock.instant(), new Event.Warned(text)));
  }

  /**
   * Sees that there is something to run on.
   *
   * @throws io.hyperloop.port.PortFailure of kind USER if it is not initialised or has no spec
   */
  void ready() {
    if (hosted()) {
      gitHub().ready();
    }
    var readiness = new Readiness(repository);
    readiness.initialised(
        base.tip(), base.name(), configuration.overlayIsRemote() ? null : configuration.overlay());
    if (specs().at(base.tip(), new TreeMap<>()).isEmpty() && store().load().tasks().size() == 0) {
      throw readiness.noSpec(base.name(), configuration.specs(), patterns()::matches);
    }
  }

  /** What agents have used, of the days of this machine. */
  FileLedger ledger() {
    FileLedger known = ledger;
    if (known == null) {
      known =
          FileLedger.open(
              stateDirectory(),
              configuration.limits().budget().per(),
              clock,
              ZoneId.systemDefault());
      ledger = known;
    }
    return known;
  }

  /** What a person should know before anything is done, one line each. */
  List<String> notices() {
    List<String> uncommitted =
        new Readiness(repository).uncommittedSpecs(configuration.specs(), patterns()::matches);
    return uncommitted.isEmpty()
        ? List.of()
        : List.of("not committed, and so not seen: " + String.join(", ", uncommitted));
  }

  /** What was opened is closed and may be opened anew. */
  @Override
  public void close() {
    base.close();
    for (AutoCloseable one : opened.reversed()) {
      try {
        one.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing failed", e);
      }
    }
    opened.clear();
    room = null;
    specs = null;
    gitHub = null;
  }
}
