package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.github.Account;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether work can go through a repository at all. */
class GitHubRepositoryTest {
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

  private List<Problem> check() {
    return pulls.repository().check(gitHub.bare().toString());
  }

  private PortFailure failure(Runnable asked) {
    try {
      asked.run();
    } catch (PortFailure failure) {
      assertThat(failure.text()).doesNotContain(GitHubDouble.TOKEN);
      assertThat(failure.toString()).doesNotContain(GitHubDouble.TOKEN);
      return failure;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void aRepositoryThatIsRightIsRight() {
    assertThat(check()).isEmpty();
    assertThat(pulls.repository().defaultBranch()).isEqualTo("main");
  }

  @Test
  void anArchivedOneIsRefused() {
    gitHub.settings().archived();
    assertThat(check())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo(Problem.Kind.USER);
          assertThat(problem.what()).contains("acme/widgets", "archived");
        });
  }

  @Test
  void oneThatIsArchivedMeanwhileIsSaidToBeSo() {
    gitHub.member().pushes("hyperloop/task-001", "a.txt", "a");
    gitHub.settings().archived();
    assertThat(failure(() -> pulls.ensure(Client.proposal("hyperloop/task-001"))).text())
        .contains("archived");
  }

  @Test
  void oneThatIsNotThereIsTheUsersToMend() {
    var elsewhere =
        new GitHubPullRequests(
            ApiAddress.of(gitHub.url()),
            GitHubToken.of(GitHubDouble.TOKEN, "GH_TOKEN"),
            "acme/gadgets",
            Clock.systemUTC());
    assertThat(elsewhere.repository().check(""))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo(Problem.Kind.USER);
          assertThat(problem.text()).contains("acme/gadgets", "--repo");
        });
    assertThat(failure(() -> elsewhere.observe(List.of(1))).text()).contains("acme/gadgets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"widgets", "acme/", "acme/widgets/more", "acme/..", "a b/c", "-x/y", ""})
  void whatIsNoNameIsRefused(String name) {
    assertThatThrownBy(() ->
            new GitHubPullRequests(
                ApiAddress.of(gitHub.url()),
                GitHubToken.of(GitHubDouble.TOKEN, "GH_TOKEN"),
                name,
                Clock.systemUTC()))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("owner/name");
  }

  @Test
  void aWrongTokenIsNamedByWhereItCameFrom() {
    gitHub.settings().revoked(GitHubDouble.TOKEN);
    PortFailure failure = failure(this::check);
    assertThat(failure.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
    assertThat(failure.text()).contains("does not accept the token", "GH_TOKEN", "gh auth login");
    assertThat(failure(() -> pulls.observe(List.of(1))).text()).contains("GH_TOKEN");
    assertThat(failure(() -> pulls.ensure(Client.proposal("x"))).text()).contains("GH_TOKEN");
  }

  @Test
  void aMissingScopeIsNamed() {
    gitHub.member().pushes("hyperloop/task-001", "a.txt", "a");
    gitHub.settings().token(GitHubDouble.TOKEN, Account.HYPERLOOP.with(Set.of("read:org")));
    assertThat(failure(() -> pulls.ensure(Client.proposal("hyperloop/task-001"))).text())
        .contains("lacks the scope repo", "gh auth refresh --scopes repo");
  }

  @Test
  void aPrivateRepositoryAndAMissingScopeLookLikeNoRepository() {
    gitHub.settings().hidden();
    gitHub.settings().token(GitHubDouble.TOKEN, Account.HYPERLOOP.with(Set.of("gist")));
    assertThat(check())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("lacks the scope repo"));
  }

  @Test
  void whoMayOnlyReadIsToldSo() {
    gitHub.settings().token(GitHubDouble.TOKEN, Account.HYPERLOOP.readingOnly());
    assertThat(check())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("may not push"));
    gitHub.member().pushes("hyperloop/task-001", "a.txt", "a");
    assertThat(failure(() -> pulls.ensure(Client.proposal("hyperloop/task-001"))).text())
        .contains("the token may not do this", "pull requests");
  }

  @Test
  void anotherOriginIsFound() {
    assertThat(pulls.repository().check("git@github.com:acme/widgets.git"))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("origin is another"));
  }

  @Test
  void aServerOfOnesOwnHasItsAddressesElsewhere() {
    try (GitHubDouble server = GitHubDouble.enterprise(folder.resolve("server.git"))) {
      GitHubPullRequests own = Client.of(server);
      server.member().pushes("hyperloop/task-001", "a.txt", "a");
      int number = own.ensure(Client.proposal("hyperloop/task-001")).number();
      assertThat(own.observe(List.of(number))).hasSize(1);
      own.ready(number);
      assertThat(server.look().pull(number).draft()).isFalse();
    }
  }
}
