package io.hyperloop.config;

import io.hyperloop.domain.Forge;
import io.hyperloop.domain.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What {@code .hyperloop.yaml} and the flags say, complete and within range.
 *
 * @param overlay a directory of the repository relative to its root, or a remote kustomization
 * @param baseBranch null where neither file nor flag names one
 * @param specs patterns of spec files; a leading {@code !} excludes
 * @param stateBranch null to keep the state on the base branch
 * @param pullRequests whether and how work goes through pull requests
 * @param push whether to push what hyperloop committed; always where pull requests are used
 * @param maxCycles null for no bound
 * @param roles agents whose role differs from {@code agent}, by role
 * @param environment variables for agents
 * @param confinement of all agents' programs
 */
public record Configuration(
    String overlay,
    @Nullable String baseBranch,
    List<String> specs,
    @Nullable String stateBranch,
    PullRequests pullRequests,
    boolean push,
    @Nullable Integer maxCycles,
    Limits limits,
    Worktree worktree,
    Merge merge,
    Retention retention,
    Agent agent,
    Map<String, Agent> roles,
    Map<String, String> environment,
    Confinement confinement) {

  public static final String DEFAULT_OVERLAY = ".hyperloop/agents/";
  public static final List<String> DEFAULT_SPECS = List.of("specs/**/*.md");

  public static final Configuration DEFAULT =
      new Configuration(
          DEFAULT_OVERLAY,
          null,
          DEFAULT_SPECS,
          null,
          PullRequests.NONE,
          false,
          null,
          Limits.DEFAULT.withCast(Spendings.cast(Agent.DEFAULT, Map.of())),
          Worktree.DEFAULT,
          Merge.DEFAULT,
          Retention.DEFAULT,
          Agent.DEFAULT,
          Map.of(),
          Map.of(),
          Confinement.DEFAULT);

  public Configuration {
    specs = List.copyOf(specs);
    roles = Map.copyOf(roles);
    environment = Map.copyOf(environment);
  }

  /** What plays a role. */
  public Agent agent(String role) {
    Agent own = roles.get(role);
    return own == null ? agent : own;
  }

  /** The same with each agent changed in that way. */
  public Configuration withAgents(UnaryOperator<Agent> change) {
    Agent usual = change.apply(agent);
    var others = new TreeMap<String, Agent>();
    roles.forEach((role, own) -> others.put(role, change.apply(own)));
    return new Configuration(
        overlay,
        baseBranch,
        specs,
        stateBranch,
        pullRequests,
        push,
        maxCycles,
        limits.withCast(Spendings.cast(usual, others)),
        worktree,
        merge,
        retention,
        usual,
        others,
        environment,
        confinement);
  }

  /** The same where work goes through pull requests there. */
  public Configuration withForge(Forge forge) {
    return new Configuration(
        overlay,
        baseBranch,
        specs,
        stateBranch,
        pullRequests,
        push,
        maxCycles,
        limits.withForge(forge),
        worktree,
        merge,
        retention,
        agent,
        roles,
        environment,
        confinement);
  }

  /** The GitHub repository of the pull requests, {@code owner/repo}; null where there are none. */
  public @Nullable String repo() {
    return pullRequests.repo();
  }

  /**
   * All variables that are set for any agent; where roles differ, each value under its own name.
   */
  public Map<String, String> allEnvironments() {
    var all = new TreeMap<>(environment);
    roles.forEach((role, agent) ->
        agent
            .environment()
            .forEach((name, value) -> {
              String before = all.putIfAbsent(name, value);
              if (before != null) {
                all.put(name + " of " + role, value);
              }
            }));
    return all;
  }

  /** Whether the overlay is fetched by kustomize rather than read from the base branch. */
  public boolean overlayIsRemote() {
    return remote(overlay);
  }

  /** Whether a reference to a kustomization leads out of the repository. */
  public static boolean remote(String reference) {
    return reference.contains("://")
        || reference.contains("?ref=")
        || reference.startsWith("git@")
        || reference.startsWith("github.com/");
  }

  /**
   * How work goes through pull requests.
   *
   * @param repo on GitHub, {@code owner/repo}; null for no pull requests
   * @param openMax tasks that may be under way at once; 0 for no bound
   * @param comments whether people are told by comments what is needed of them
   */
  public record PullRequests(@Nullable String repo, int openMax, boolean comments) {
    public static final PullRequests NONE = new PullRequests(null, 0, false);
  }

  /**
   * How a work tree is made ready.
   *
   * @param setup shell commands, in order
   * @param copy files of the user's work tree, relative to its root
   * @param setupTimeout for all commands together
   */
  public record Worktree(List<String> setup, List<String> copy, Duration setupTimeout) {
    public static final Worktree DEFAULT =
        new Worktree(List.of(), List.of(), Duration.ofMinutes(10));

    public Worktree {
      setup = List.copyOf(setup);
      copy = List.copyOf(copy);
    }
  }

  /** How finished work reaches the base branch. */
  public record Merge(Strategy strategy, boolean deleteBranch) {
    public static final Merge DEFAULT = new Merge(Strategy.SQUASH, true);

    /** What a merge leaves in the history. */
    public enum Strategy {
      SQUASH,
      MERGE,
      REBASE
    }
  }

  /**
   * How much of the disk is used, and for how long. A MiB is 2^20 bytes.
   *
   * @param days after which the log and the prompt of a run are deleted
   * @param logsMb of logs and prompts, beyond which the oldest are deleted
   * @param stateMb in the state directory, beyond which no agent is started
   * @param freeMb on the state directory's disk, below which no agent is started
   */
  public record Retention(int days, int logsMb, int stateMb, int freeMb) {
    public static final Retention DEFAULT = new Retention(30, 1024, 20_480, 512);
  }

  /**
   * What the programs that are started for agents are kept from.
   *
   * @param network whether they reach the network, this machine's own included
   * @param writable files and folders of this machine, absolute or beginning with {@code ~/}, that
   *     they may write to beside their work tree
   */
  public record Confinement(Kind kind, boolean network, List<String> writable) {
    public static final Confinement DEFAULT = new Confinement(Kind.AUTO, true, List.of());

    public Confinement {
      writable = List.copyOf(writable);
    }

    /** By what. */
    public enum Kind {
      /** By bubblewrap where that works, else by nothing, which is told. */
      AUTO,
      BUBBLEWRAP,
      NONE
    }
  }
}
