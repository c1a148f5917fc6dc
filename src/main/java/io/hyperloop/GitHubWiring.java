package io.hyperloop;

import io.hyperloop.adapter.git.BaseBranch;
import io.hyperloop.adapter.git.CleanRoom;
import io.hyperloop.adapter.git.GitTrunk;
import io.hyperloop.adapter.git.RemoteBranches;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.adapter.github.ApiAddress;
import io.hyperloop.adapter.github.GhProgram;
import io.hyperloop.adapter.github.GitHubPublishing;
import io.hyperloop.adapter.github.GitHubPullRequests;
import io.hyperloop.adapter.github.GitHubToken;
import io.hyperloop.adapter.github.GitHubTrunk;
import io.hyperloop.config.Configuration;
import io.hyperloop.domain.Forge;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Publishing;
import io.hyperloop.port.Trunk;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is made only where work goes through pull requests. */
final class GitHubWiring {
  /** The remote through which git reaches the same repository. */
  static final String REMOTE = "origin";

  private final Repository repository;
  private final BaseBranch base;
  private final CleanRoom room;
  private final Configuration configuration;
  private final Map<String, String> environment;
  private @Nullable GitHubToken token;
  private @Nullable GitHubPullRequests pulls;

  GitHubWiring(
      Repository repository,
      BaseBranch base,
      CleanRoom room,
      Configuration configuration,
      Map<String, String> environment) {
    this.repository = repository;
    this.base = base;
    this.room = room;
    this.configuration = configuration;
    this.environment = environment;
  }

  private String repo() {
    return Objects.requireNonNull(configuration.pullRequests().repo());
  }

  /** The repository's page. */
  static String page(String repo, Map<String, String> environment) {
    return "https://" + ApiAddress.from(environment).web() + "/" + repo;
  }

  static Forge forge(
      Configuration.PullRequests pulls, String repo, String base, Map<String, String> environment) {
    return new Forge(page(repo, environment), base, pulls.openMax(), pulls.comments());
  }

  /**
   * Found once: to ask for it starts a program.
   *
   * @throws PortFailure of kind ENVIRONMENT if there is none
   */
  GitHubToken token() {
    GitHubToken known = token;
    if (known == null) {
      known = GitHubToken.find(environment, ApiAddress.from(environment), new GhProgram());
      token = known;
    }
    return known;
  }

  /** What is to be taken out of logs, although no variable holds it. */
  Map<String, String> secrets() {
    return Map.of("GITHUB_TOKEN", token().secret());
  }

  private GitHubPullRequests pulls() {
    GitHubPullRequests known = pulls;
    if (known == null) {
      known =
          new GitHubPullRequests(ApiAddress.from(environment), token(), repo(), Clock.systemUTC());
      pulls = known;
    }
    return known;
  }

  private RemoteBranches branches() {
    return new RemoteBranches(repository, base, room, REMOTE);
  }

  Publishing publishing() {
    return new GitHubPublishing(pulls(), branches(), base.name());
  }

  Trunk trunk(GitTrunk local) {
    return new GitHubTrunk(
        pulls(),
        branches(),
        local,
        Strategies.hosted(configuration.merge().strategy()),
        configuration.merge().deleteBranch());
  }

  /**
   * Sees that GitHub and the remote can be worked with, and has the base branch here stand where it
   * does there.
   *
   * @throws PortFailure with everything that is in the way
   */
  void ready() {
    String origin = repository.git().attempt("remote", "get-url", REMOTE).text();
    if (origin.isEmpty()) {
      throw new PortFailure(
          Problem.user(
              "repo is set, but there is no remote " + REMOTE,
              repository.top().toString(),
              "add it: git remote add " + REMOTE + " " + page(repo(), environment) + ".git"));
    }
    List<Problem> problems = pulls().repository().check(origin);
    if (!problems.isEmpty()) {
      throw new PortFailure(problems);
    }
    branches().fetchBase();
  }
}
