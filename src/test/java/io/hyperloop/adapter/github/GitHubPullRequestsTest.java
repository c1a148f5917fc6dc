package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Action.Via;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.port.PullRequests;
import io.hyperloop.port.PullRequests.Merge;
import io.hyperloop.port.PullRequests.MergeAnswer;
import io.hyperloop.port.PullRequests.Method;
import io.hyperloop.port.PullRequests.Proposal;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubPullRequestsTest {
  @TempDir Path folder;

  private GitHubDouble gitHub;
  private PullRequests pulls;

  @BeforeEach
  void start() {
    gitHub = GitHubDouble.start(folder.resolve("widgets.git"));
    pulls =
        new GitHubPullRequests(
            ApiAddress.of(gitHub.url()),
            GitHubToken.of(GitHubDouble.TOKEN, "GH_TOKEN"),
            gitHub.repository(),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void aPullRequestIsOpenedSeenAndMerged() {
    String head = gitHub.member().pushes("hyperloop/task-001", "a.txt", "a");
    PullRequests.PullRequest opened =
        pulls.ensure(
            new Proposal(
                "hyperloop/task-001",
                "main",
                "Do it",
                "Because.",
                List.of("task/task-001", "spec/a"),
                true));
    assertThat(opened.created()).isTrue();
    pulls.ready(opened.number());
    var unused = pulls.observe(List.of(1, 2));
    PullRequestSight sight = Objects.requireNonNull(pulls.observe(List.of(1, 2)).get(1));
    assertThat(sight.mergeable()).isEqualTo(PullRequestSight.Mergeable.YES);
    assertThat(sight.labels()).containsExactlyInAnyOrder("task/task-001", "spec/a");
    var order = new Merge(1, head, Method.SQUASH, Via.DIRECT, "Do it (task-001)", "It is done.");
    assertThat(pulls.merge(order)).isInstanceOf(MergeAnswer.Merged.class);
    assertThat(gitHub.look().file("main", "a.txt")).isEqualTo("a");
    assertThat(gitHub.look().message(gitHub.look().head("main")))
        .isEqualTo("Do it (task-001)\n\nIt is done.");
  }
}
