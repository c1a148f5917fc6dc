package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.port.PortFailure;
import io.hyperloop.port.PullRequests.Pause;
import io.hyperloop.testing.github.Fault;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub is left alone for as long as it wants. */
class GitHubRestsTest {
  @TempDir Path folder;
  private GitHubDouble gitHub;
  private Instant now = Client.START;
  private GitHubPullRequests pulls;

  @BeforeEach
  void start() {
    gitHub = GitHubDouble.start(folder.resolve("widgets.git"));
    InstantSource source = () -> now;
    Clock clock = source.withZone(ZoneOffset.UTC);
    pulls = Client.of(gitHub, clock);
  }

  @AfterEach
  void stop() {
    gitHub.close();
  }

  private void fails() {
    assertThatThrownBy(() -> pulls.observe(List.of(1)))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("is not asked until");
  }

  @Test
  void aSpentHourIsWaitedFor() {
    gitHub.faults().next("", Fault.rateLimited(now.plusSeconds(1800).getEpochSecond()));
    fails();
    assertThat(pulls.pause()).map(Pause::until).hasValue(now.plusSeconds(1800));
    assertThat(pulls.pause().orElseThrow().why()).contains("poll_interval");
    int before = gitHub.requests().count();
    fails();
    assertThat(gitHub.requests().count()).as("it is not asked at all").isEqualTo(before);
    now = now.plusSeconds(1800);
    assertThat(pulls.pause()).isEmpty();
    assertThat(pulls.observe(List.of(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void aSecondaryLimitIsWaitedForAsLongAsToldTo(int status) {
    gitHub.faults().next("", Fault.secondary(status, 90));
    fails();
    assertThat(pulls.pause()).map(Pause::until).hasValue(now.plusSeconds(90));
  }

  @Test
  void aSecondaryLimitThatTellsNothingIsWaitedForLongerEachTime() {
    Fault untold = Fault.says(403, "You have exceeded a secondary rate limit.");
    Duration expected = Duration.ofMinutes(1);
    for (int i = 0; i < 3; i++) {
      gitHub.faults().next("", untold);
      fails();
      assertThat(pulls.pause()).map(Pause::until).hasValue(now.plus(expected));
      now = now.plus(expected);
      expected = expected.multipliedBy(2);
    }
    assertThat(pulls.observe(List.of(1))).isEmpty();
    gitHub.faults().next("", untold);
    fails();
    assertThat(pulls.pause()).map(Pause::until).hasValue(now.plusSeconds(60));
  }

  @Test
  void noRestIsLongerThanAboutAnHour() {
    gitHub.faults().next("", Fault.rateLimited(now.plus(Duration.ofDays(400)).getEpochSecond()));
    fails();
    assertThat(pulls.pause().orElseThrow().until()).isBefore(now.plus(Duration.ofMinutes(62)));
  }

  @Test
  void theLastRequestOfTheHourIsAnsweredAndThenThereIsARest() {
    gitHub
        .faults()
        .next(
            "GET /repos/{owner}/{repo}",
            new Fault.Says(
                200,
                Map.of(
                    "X-RateLimit-Remaining",
                    "0",
                    "X-RateLimit-Reset",
                    String.valueOf(now.plusSeconds(60).getEpochSecond())),
                "fine"));
    assertThat(pulls.repository().defaultBranch()).isEqualTo("main");
    assertThat(pulls.pause()).map(Pause::until).hasValue(now.plusSeconds(60));
  }

  @Test
  void graphQlSaysItInItsOwnWay() {
    gitHub
        .faults()
        .next(
            "/graphql",
            new Fault.Json(
                200,
                Map.of("X-RateLimit-Reset", String.valueOf(now.plusSeconds(30).getEpochSecond())),
                "{\"errors\":[{\"type\":\"RATE_LIMITED\",\"message\":\"API rate limit"
                    + " exceeded\"}]}"));
    fails();
    assertThat(pulls.pause()).map(Pause::until).hasValue(now.plusSeconds(30));
  }

  @Test
  void withoutALimitThereIsNoRest() {
    assertThat(pulls.observe(List.of(1))).isEmpty();
    assertThat(pulls.pause()).isEqualTo(Optional.empty());
  }
}
