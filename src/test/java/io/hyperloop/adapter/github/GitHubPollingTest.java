package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.testing.github.Ci;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking costs few requests. */
class GitHubPollingTest {
  @TempDir Path folder;
  private GitHubDouble gitHub;
  private GitHubPullRequests pulls;

  @BeforeEach
  void start() {
    gitHub = GitHubDouble.start(folder.resolve("widgets.git"));
    pulls = Client.of(gitHub);
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  @Test
  void fiveHundredAreSeenInTenRequests() {
    gitHub.ci().planned(_ -> List.of(Ci.Plan.green("build", 3), Ci.Plan.green("lint", 1)));
    gitHub.openMany(500);
    List<Integer> all = IntStream.rangeClosed(1, 500).boxed().toList();
    gitHub.requests().forget();
    Map<Integer, PullRequestSight> sights = pulls.observe(all);
    assertThat(sights).hasSize(500);
    assertThat(sights.values())
        .allMatch(sight -> sight.checks().size() == 2 && sight.comments().size() == 1);
    assertThat(gitHub.requests().count()).isLessThanOrEqualTo(10);
    gitHub.requests().forget();
    assertThat(pulls.observe(all)).hasSize(500);
    assertThat(gitHub.requests().count())
        .as("what was said is not asked for again")
        .isLessThanOrEqualTo(5);
  }

  @Test
  void whatHasNotChangedIsNotCounted() {
    gitHub.member().pushes("hyperloop/task-001", "a.txt", "a");
    var unused = pulls.ensure(Client.proposal("hyperloop/task-001"));
    var again = pulls.ensure(Client.proposal("hyperloop/task-001"));
    gitHub.requests().forget();
    assertThat(pulls.ensure(Client.proposal("hyperloop/task-001"))).isEqualTo(again);
    assertThat(gitHub.requests().count()).isEqualTo(gitHub.requests().notModified());
  }

  @Test
  void aPageThatChangedIsReadAnew() {
    gitHub.member().pushes("hyperloop/task-001", "a.txt", "a");
    int number = pulls.ensure(Client.proposal("hyperloop/task-001")).number();
    for (int i = 0; i < 70; i++) {
      gitHub.member().comments(number, "comment " + i);
    }
    pulls.comment(number, "late", "It is on the third page.");
    pulls.comment(number, "late", "It is on the third page.");
    assertThat(gitHub.look().pull(number).comments()).hasSize(71);
  }
}
