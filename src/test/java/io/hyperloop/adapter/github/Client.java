package io.hyperloop.adapter.github;

import io.hyperloop.port.PullRequests.Proposal;
import io.hyperloop.testing.github.GitHubDouble;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The client at the double, by a clock that a test sets. */
final class Client {
  static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

  private Client() {}

  static GitHubPullRequests of(GitHubDouble gitHub) {
    return of(gitHub, Clock.fixed(START, ZoneOffset.UTC));
  }

  static GitHubPullRequests of(GitHubDouble gitHub, Clock clock) {
    return new GitHubPullRequests(
        ApiAddress.of(gitHub.url()),
        GitHubToken.of(GitHubDouble.TOKEN, "GH_TOKEN"),
        gitHub.repository(),
        clock);
  }

  static Proposal proposal(String branch) {
    return new Proposal(branch, "main", "Do it", "Because.", List.of("task/task-001"), true);
  }
}
