package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubAbuseLimitHandler;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.GitHubRateLimitHandler;
import org.kohsuke.github.RateLimitChecker;
import tools.jackson.databind.JsonNode;

/** One repository on GitHub: whether it can be worked with, and hub4j's idea of it. */
public final class GitHubRepository {
  private final ApiAddress address;
  private final Wire wire;
  private final Refusals refusals;
  private final String owner;
  private final String name;
  private volatile @Nullable GHRepository known;

  /**
   * @param repository {@code owner/name}
   * @throws PortFailure of kind USER if that is no name of a repository
   */
  GitHubRepository(ApiAddress address, Wire wire, Refusals refusals, String repository) {
    if (!repository.matches("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,99})/[A-Za-z0-9._-]{1,100}")
        || repository.endsWith("/.")
        || repository.endsWith("/..")) {
      throw new PortFailure(
          Problem.user(
              "that is no repository on GitHub: " + repository,
              "repo",
              "write it as owner/name, such as: repo: acme/widgets"));
    }
    this.address = address;
    this.wire = wire;
    this.refusals = refusals;
    this.owner = repository.substring(0, repository.indexOf('/'));
    this.name = repository.substring(repository.indexOf('/') + 1);
  }

  String owner() {
    return owner;
  }

  String name() {
    return name;
  }

  /** What hub4j has of it; asked for once. */
  GHRepository get() throws IOException {
    GHRepository before = known;
    if (before != null) {
      return before;
    }
    GitHub gitHub =
        new GitHubBuilder()
            .withEndpoint(address.rest().toString())
            .withConnector(wire)
            .withRateLimitChecker(RateLimitChecker.NONE)
            .withRateLimitHandler(GitHubRateLimitHandler.FAIL)
            .withAbuseLimitHandler(GitHubAbuseLimitHandler.FAIL)
            .build();
    GHRepository asked = gitHub.getRepository(owner + "/" + name);
    known = asked;
    return asked;
  }

  /**
   * Whether work can go through it: it exists, takes changes, and takes them from us; and what the
   * remote points to is it.
   *
   * @param origin the remote's address, as git has it
   * @return all that is in the way; empty if nothing
   * @throws PortFailure if GitHub cannot be asked
   */
  public List<Problem> check(String origin) {
    var problems = new ArrayList<Problem>();
    RemoteAddress.mismatch(origin, address, owner + "/" + name).ifPresent(problems::add);
    Reply reply = wire.rest("GET", "/repos/" + owner + "/" + name, null);
    if (!reply.ok()) {
      problems.addAll(refusals.missing(reply).problems());
      return List.copyOf(problems);
    }
    JsonNode repository = reply.json();
    if (repository.path("archived").asBoolean(false)) {
      problems.addAll(refusals.archived().problems());
    } else if (!repository.path("permissions").path("push").asBoolean(true)) {
      problems.add(refusals.readOnly(reply));
    }
    return List.copyOf(problems);
  }

  /** The branch that the repository's pages show. */
  public String defaultBranch() {
    Reply reply = wire.rest("GET", "/repos/" + owner + "/" + name, null);
    if (!reply.ok()) {
      throw refusals.missing(reply);
    }
    return reply.json().path("default_branch").asString("main");
  }
}
