package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What GitHub says when it will not, for people: what, where, and what to do. */
final class Refusals {
  private final ApiAddress address;
  private final GitHubToken token;
  private final String repository;

  /**
   * @param repository {@code owner/name}
   */
  Refusals(ApiAddress address, GitHubToken token, String repository) {
    this.address = address;
    this.token = token;
    this.repository = repository;
  }

  /**
   * Lets a reply pass, unless it is a no that has nothing to do with what was asked for.
   *
   * @throws PortFailure for 401, 403, 5xx and what else is unforeseen
   */
  void judge(Reply reply) {
    int status = reply.status();
    boolean passes =
        status < 400 || status == 404 || status == 405 || status == 409 || status == 422;
    if (passes) {
      return;
    }
    String said = token.hiddenIn(reply.message());
    String where = place(reply);
    if (status == 401) {
      throw failure(
          "GitHub does not accept the token: " + said,
          token.source() + ", for " + address.web(),
          "it may have expired or been revoked: make a new one, or run: gh auth login");
    }
    if (status == 403) {
      throw forbidden(reply, said, where);
    }
    if (status >= 500) {
      throw outOfOrder(reply);
    }
    throw failure("GitHub answered " + status + ": " + said, where, "");
  }

  PortFailure outOfOrder(Reply reply) {
    return failure(
        "GitHub is out of order: " + reply.status() + " " + token.hiddenIn(reply.message()),
        place(reply),
        "hyperloop tries again; https://www.githubstatus.com tells more");
  }

  private PortFailure forbidden(Reply reply, String said, String where) {
    if (said.toLowerCase(Locale.ROOT).contains("archived")) {
      return archived();
    }
    List<String> missing = missingScopes(reply);
    if (!missing.isEmpty()) {
      return failure(
          "the token lacks the scope " + String.join(" or ", missing),
          token.source() + ", for " + where,
          "run: gh auth refresh --scopes " + missing.getFirst() + ", or make a token that has it");
    }
    if (said.contains("SAML") || said.contains("SSO")) {
      return failure(said, where, "authorize the token for single sign-on of the organization");
    }
    return failure(
        "the token may not do this: " + said,
        token.source() + ", for " + where,
        "it needs to read and write contents and pull requests of "
            + repository
            + ", and to read its checks and actions");
  }

  /** Scopes of which one would do; empty where scopes are not what is missing. */
  static List<String> missingScopes(Reply reply) {
    if (reply.headers().firstValue("X-OAuth-Scopes").isEmpty()) {
      return List.of();
    }
    List<String> has = words(reply.header("X-OAuth-Scopes"));
    List<String> wanted = new ArrayList<>(words(reply.header("X-Accepted-OAuth-Scopes")));
    return wanted.stream().anyMatch(has::contains) ? List.of() : wanted;
  }

  private static List<String> words(String list) {
    return List.of(list.split(",")).stream()
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** GraphQL's way of saying that a scope is missing. */
  PortFailure lacking(String said) {
    return failure(
        "the token lacks a scope: " + said,
        token.source() + ", for " + address.web(),
        "run: gh auth refresh --scopes repo, or make a token that has what is missing");
  }

  /** The repository is not there, or not for us. */
  PortFailure missing(Reply reply) {
    List<String> scopes = missingScopes(reply);
    return new PortFailure(
        Problem.user(
            "there is no repository " + repository + " that the token can see",
            address.web()
                + (scopes.isEmpty() ? "" : "; the token lacks the scope " + scopes.getFirst()),
            "mend repo in .hyperloop.yaml or --repo, or use a token that may see it ("
                + token.source()
                + ")"));
  }

  PortFailure archived() {
    return new PortFailure(
        Problem.user(
            "the repository " + repository + " is archived, nothing can be changed in it",
            address.web(),
            "unarchive it in its settings, or run without repo"));
  }

  PortFailure tooMuch(String where) {
    return failure(
        "GitHub's answer is over " + (Wire.ANSWER_MAX >> 20) + " MiB",
        address.web() + ": " + where,
        "look whether somebody fills a pull request with comments");
  }

  PortFailure unreachable(String what, String where) {
    return failure(
        token.hiddenIn(what),
        address.web() + ": " + where,
        "check the network, the proxy and GITHUB_API_URL; hyperloop tries again");
  }

  /** The token sees the repository, and no more. */
  Problem readOnly(Reply reply) {
    List<String> scopes = missingScopes(reply);
    return Problem.environment(
        scopes.isEmpty()
            ? "the token may not push to " + repository
            : "the token lacks the scope " + scopes.getFirst(),
        token.source() + ", for " + address.web(),
        "use a token that may read and write contents and pull requests of " + repository);
  }

  /** A no that concerns one pull request only. */
  PortFailure ofTask(String what, Reply reply, String remedy) {
    return ofTask(what, reply.message(), remedy);
  }

  /** As above, with GitHub's own words or the JSON that they are in. */
  PortFailure ofTask(String what, String said, String remedy) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            what + ": " + token.hiddenIn(Reply.message(said)),
            address.web() + "/" + repository,
            remedy));
  }

  private static String place(Reply reply) {
    return reply.method() + " " + reply.uri().getPath();
  }

  private static PortFailure failure(String what, String where, String remedy) {
    return new PortFailure(Problem.environment(what, where, remedy));
  }
}
