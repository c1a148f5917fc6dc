package io.hyperloop.config;

import io.hyperloop.config.Configuration.Merge;
import io.hyperloop.config.Configuration.Retention;
import io.hyperloop.config.Configuration.Worktree;
import io.hyperloop.domain.Cast;
import io.hyperloop.domain.Limits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From a document to a {@link Configuration}: which key becomes which component. */
final class Settings {
  private static final int WORKERS_MOST = 256;

  /** A hundred tebibytes: more is a slip of the pen. */
  private static final int SIZE_MB_MOST = 100 << 20;

  private static final Map<String, Merge.Strategy> STRATEGIES =
      Map.of(
          "squash", Merge.Strategy.SQUASH,
          "merge", Merge.Strategy.MERGE,
          "rebase", Merge.Strategy.REBASE);

  private enum Place {
    LOCAL
  }

  private Settings() {}

  /**
   * What a document says.
   *
   * @param repo what the flag says over the file, since other settings depend on it; or null
   */
  static Configuration read(
      @Nullable YamlNode document, @Nullable String repo, List<Fault> faults) {
    var root = new Section("", document, faults);
    Configuration defaults = Configuration.DEFAULT;
    String overlay = overlay(root, defaults.overlay());
    String baseBranch = branch(root, "base_branch", root.text("base_branch", null));
    root.choice("runtime", Map.of("local", Place.LOCAL), Place.LOCAL);
    List<String> specs = specs(root, defaults.specs());
    Integer maxCycles = root.countOrNull("max_cycles", 1_000_000_000);
    String stateBranch = branch(root, "state_branch", root.textOrNull("state_branch"));
    if (stateBranch != null && stateBranch.equals(baseBranch)) {
      root.fault(
          "state_branch",
          "state_branch is the base branch",
          "leave it out, or name another branch");
    }
    Configuration.PullRequests pullRequests = PullRequestSettings.read(root, repo);
    boolean push = PullRequestSettings.push(root, pullRequests.repo() != null);
    Worktree worktree = worktree(root.section("worktree"));
    Merge merge = merge(root.section("merge"));
    Retention retention = retention(root.section("retention"));
    Section agents = root.section("agent");
    Agent agent = AgentSettings.agent(agents, Agent.DEFAULT, Map.of());
    Map<String, Agent> roles = AgentSettings.roles(agents, agent);
    Map<String, String> environment = AgentSettings.environment(agents);
    Configuration.Confinement confinement = Confinements.read(agents, agent, roles);
    agents.done();
    Limits limits = limits(root, Limits.DEFAULT, Spendings.cast(agent, roles));
    root.done();
    return new Configuration(
        overlay,
        baseBranch,
        specs,
        stateBranch,
        pullRequests,
        push,
        maxCycles,
        limits,
        worktree,
        merge,
        retention,
        agent,
        roles,
        environment,
        confinement);
  }

  /** The configuration with what flags say; a fault's pointer is the flag. */
  static Configuration with(Configuration c, Overrides overrides, List<Fault> faults) {
    String repo = overrides.repo();
    if (repo != null && !Names.repository(repo)) {
      faults.add(
          new Fault(
              "--repo", "\"" + repo + "\" is no repository on GitHub", PullRequestSettings.FORM));
    }
    String baseBranch = c.baseBranch();
    String flag = overrides.baseBranch();
    if (flag != null) {
      baseBranch = flag;
      if (!Names.branch(flag)) {
        faults.add(
            new Fault("--branch", "\"" + flag + "\" is no name of a branch", "name a branch"));
      }
    }
    Limits limits = c.limits();
    Integer workers = overrides.maxWorkers();
    if (workers != null) {
      if (workers < 1 || workers > WORKERS_MOST) {
        faults.add(
            new Fault(
                "--max-workers",
                "--max-workers is " + workers,
                "write a whole number from 1 to " + WORKERS_MOST));
      } else {
        limits = workers(limits, workers);
      }
    }
    return new Configuration(
        c.overlay(),
        baseBranch,
        c.specs(),
        c.stateBranch(),
        c.pullRequests(),
        c.push(),
        c.maxCycles(),
        limits,
        c.worktree(),
        c.merge(),
        c.retention(),
        c.agent(),
        c.roles(),
        c.environment(),
        c.confinement());
  }

  private static Limits workers(Limits l, int maxWorkers) {
    return new Limits(
        maxWorkers,
        l.maxTaskRounds(),
        l.maxActionAttempts(),
        l.maxWorkerAttempts(),
        l.maxReplans(),
        l.maxTasksPerIntake(),
        l.pmMaxFailures(),
        l.pollInterval(),
        l.budget(),
        l.quota(),
        l.cast(),
        l.forge());
  }

  private static Limits limits(Section root, Limits defaults, Cast cast) {
    return new Limits(
        root.count("max_workers", defaults.maxWorkers(), WORKERS_MOST),
        root.count("max_task_rounds", defaults.maxTaskRounds(), 1000),
        root.count("max_action_attempts", defaults.maxActionAttempts(), 100),
        root.count("max_worker_attempts", defaults.maxWorkerAttempts(), 100),
        root.count("max_replans", defaults.maxReplans(), 100),
        root.count("max_tasks_per_intake", defaults.maxTasksPerIntake(), 1000),
        root.count("pm_max_failures", defaults.pmMaxFailures(), 100),
        root.duration("poll_interval", defaults.pollInterval()),
        Spendings.budget(root.section("limits")),
        Spendings.quota(root.section("quota")),
        cast,
        null);
  }

  private static String overlay(Section root, String otherwise) {
    String overlay = Objects.requireNonNull(root.text("overlay", otherwise));
    if (Configuration.remote(overlay)) {
      return overlay;
    }
    boolean usable = Names.inside(overlay) && !overlay.replaceAll("[./]", "").isEmpty();
    if (!usable) {
      root.fault(
          "overlay",
          "overlay is \"" + overlay + "\", which is no directory inside of the repository",
          "write a path relative to the repository's root, such as " + otherwise);
      return otherwise;
    }
    return overlay;
  }

  private static @Nullable String branch(Section root, String key, @Nullable String name) {
    if (name != null && !Names.branch(name)) {
      root.fault(key, key + " is \"" + name + "\", which is no name of a branch", "name a branch");
      return null;
    }
    return name;
  }

  private static List<String> specs(Section root, List<String> otherwise) {
    List<String> specs = root.texts("specs", otherwise);
    if (root.has("specs") && specs.stream().allMatch(pattern -> pattern.startsWith("!"))) {
      root.fault(
          "specs", "specs matches nothing", "add a pattern, such as " + otherwise.getFirst());
    }
    for (String pattern : specs) {
      if (!Names.inside(pattern.startsWith("!") ? pattern.substring(1) : pattern)) {
        root.fault(
            "specs",
            "specs: \"" + pattern + "\" leads out of the repository",
            "write a pattern relative to the repository's root");
      }
    }
    return specs;
  }

  private static Worktree worktree(Section section) {
    var worktree =
        new Worktree(
            section.texts("setup", List.of()),
            section.texts("copy", List.of()),
            section.duration("setup_timeout", Worktree.DEFAULT.setupTimeout()));
    for (String path : worktree.copy()) {
      if (!Names.inside(path)) {
        section.fault(
            "copy",
            "worktree.copy: \"" + path + "\" leads out of the repository",
            "write a path relative to the repository's root");
      }
    }
    section.done();
    return worktree;
  }

  private static Merge merge(Section section) {
    var merge =
        new Merge(
            section.choice("strategy", STRATEGIES, Merge.DEFAULT.strategy()),
            section.flag("delete_branch", Merge.DEFAULT.deleteBranch()));
    section.done();
    return merge;
  }

  private static Retention retention(Section section) {
    Retention usual = Retention.DEFAULT;
    var retention =
        new Retention(
            section.count("days", usual.days(), 36_500),
            section.count("logs_mb", usual.logsMb(), SIZE_MB_MOST),
            section.count("state_mb", usual.stateMb(), SIZE_MB_MOST),
            section.count("free_mb", usual.freeMb(), SIZE_MB_MOST));
    section.done();
    return retention;
  }
}
