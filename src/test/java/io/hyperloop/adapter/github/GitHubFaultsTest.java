package io.hyperloop.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Action.Via;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.PullRequests.Merge;
import io.hyperloop.port.PullRequests.MergeAnswer;
import io.hyperloop.port.PullRequests.Method;
import io.hyperloop.testing.github.Fault;
import io.hyperloop.testing.github.GitHubDouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client makes of a GitHub that is not well. */
class GitHubFaultsTest {
  private static final String BRANCH = "hyperloop/task-001";

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

  private Merge ready() {
    String head = gitHub.member().pushes(BRANCH, "a.txt", "a");
    int number = pulls.ensure(Client.proposal(BRANCH)).number();
    pulls.ready(number);
    gitHub.settings().looksInVain(0);
    return new Merge(number, head, Method.SQUASH, Via.DIRECT, "Do it", "Done.");
  }

  private Problem problem(Runnable asked) {
    try {
      asked.run();
    } catch (PortFailure failure) {
      assertThat(failure.text()).doesNotContain(GitHubDouble.TOKEN);
      return failure.problems().getFirst();
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void aCreationWhoseAnswerIsLostMakesNoSecond() {
    gitHub.member().pushes(BRANCH, "a.txt", "a");
    gitHub.faults().next("POST /repos/{owner}/{repo}/pulls", new Fault.LostAnswer());
    assertThat(problem(() -> pulls.ensure(Client.proposal(BRANCH))).what())
        .contains("cannot be reached");
    assertThat(pulls.ensure(Client.proposal(BRANCH)).created()).isFalse();
    assertThat(gitHub.look().pulls()).isEqualTo(1);
  }

  @Test
  void aCommentWhoseAnswerIsLostIsNotWrittenTwice() {
    int number = ready().number();
    gitHub
        .faults()
        .next("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", new Fault.LostAnswer());
    assertThat(problem(() -> pulls.comment(number, "gate", "Look.")).what())
        .contains("cannot be reached");
    pulls.comment(number, "gate", "Look.");
    assertThat(gitHub.look().pull(number).comments()).hasSize(1);
  }

  @Test
  void aLookIsTakenAgainWhereTheConnectionIsCut() {
    int number = ready().number();
    gitHub.faults().next("GET /repos/{owner}/{repo}/pulls/{pull_number}", new Fault.Cut());
    pulls.comment(number, "gate", "Look.");
    assertThat(gitHub.look().pull(number).comments()).hasSize(1);
  }

  @Test
  void aMergeWhoseAnswerIsLostIsFoundDone() {
    Merge order = ready();
    gitHub.faults().next("/merge", new Fault.LostAnswer());
    assertThat(problem(() -> pulls.merge(order)).what()).contains("cannot be reached");
    assertThat(pulls.merge(order))
        .isEqualTo(new MergeAnswer.AlreadyMerged(gitHub.look().head("main"), order.head()));
  }

  @Test
  void aBaseThatMovesJustThenIsTriedAgainLater() {
    Merge order = ready();
    gitHub
        .faults()
        .next(
            "/merge", Fault.says(405, "Base branch was modified. Review and try the merge again."));
    assertThat(pulls.merge(order)).isInstanceOf(MergeAnswer.NotYet.class);
    gitHub.faults().next("/merge", Fault.says(409, "Head branch was modified."));
    assertThat(pulls.merge(order)).isInstanceOf(MergeAnswer.NotYet.class);
    assertThat(pulls.merge(order)).isInstanceOf(MergeAnswer.Merged.class);
  }

  @Test
  void theRuleThatBlocksIsNamed() {
    Merge order = ready();
    gitHub.faults().next("/merge", Fault.says(405, "Repository rule violations found"));
    assertThat(pulls.merge(order))
        .isEqualTo(new MergeAnswer.Blocked("Repository rule violations found"));
  }

  @Test
  void aMergeMethodThatIsNotAllowedIsAProblemOfTheTask() {
    Merge order = ready();
    gitHub
        .faults()
        .next("/merge", Fault.says(422, "Squash merges are not allowed on this repository."));
    Problem problem = problem(() -> pulls.merge(order));
    assertThat(problem.scope()).isEqualTo(Problem.Scope.TASK);
    assertThat(problem.what()).contains("Squash merges are not allowed");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void outOfOrderIsTheEnvironments(int status) {
    gitHub.faults().always("", Fault.says(status, "Server Error"));
    Problem problem = problem(() -> pulls.observe(List.of(1)));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.ENVIRONMENT);
    assertThat(problem.what()).contains("out of order", String.valueOf(status));
    gitHub.faults().none();
    assertThat(pulls.observe(List.of(1))).isEmpty();
  }

  @Test
  void aServerThatIsGoneIsTheEnvironments() {
    gitHub.close();
    Problem problem = problem(() -> pulls.observe(List.of(1)));
    assertThat(problem.what()).contains("cannot be reached");
    assertThat(problem.remedy()).contains("network");
    assertThat(problem(() -> pulls.ensure(Client.proposal(BRANCH))).what())
        .contains("cannot be reached");
  }

  @Test
  void anAnswerThatIsNoneIsAFailureAndNoSight() {
    gitHub.faults().next("/graphql", new Fault.Says(200, Map.of(), "not what was asked"));
    assertThat(problem(() -> pulls.observe(List.of(1))).what()).contains("answer is none");
  }

  @Test
  void anEndlessAnswerIsNotReadToItsEnd() {
    gitHub.member().pushes(BRANCH, "a.txt", "a");
    int number = pulls.ensure(Client.proposal(BRANCH)).number();
    gitHub.faults().next("/graphql", new Fault.Huge(Wire.ANSWER_MAX + (1L << 20)));
    assertThat(pulls.observe(List.of(number))).as("asked again for less").containsKey(number);
    gitHub.faults().always("/graphql", new Fault.Huge(Wire.ANSWER_MAX + (1L << 20)));
    assertThat(problem(() -> pulls.observe(List.of(number))).what()).contains("MiB");
  }

  @Test
  void aLogOfAnyLengthGivesItsEnd() {
    String head = gitHub.member().pushes(BRANCH, "a.txt", "a");
    gitHub.ci().ends(head, "build", "failure", "é\n".repeat(2_000_000) + "the end");
    var unused = pulls.ensure(Client.proposal(BRANCH));
    long job =
        java.util.Objects.requireNonNull(pulls.observe(List.of(1)).get(1))
            .checks()
            .getFirst()
            .job();
    assertThat(pulls.failedJobLog(job)).endsWith("the end").startsWith("é").hasSizeLessThan(65_536);
  }

  @Test
  void aLogThatLiesAtAnUnsafeAddressIsNotFetched() {
    gitHub
        .faults()
        .next("/logs", new Fault.Says(302, Map.of("Location", "http://192.0.2.1/log"), "there"));
    assertThat(problem(() -> pulls.failedJobLog(9)).what()).contains("not safe");
  }

  @Test
  void halfAnAnswerIsUsedForWhatItTells() {
    gitHub.member().pushes(BRANCH, "a.txt", "a");
    int number = pulls.ensure(Client.proposal(BRANCH)).number();
    assertThat(pulls.observe(List.of(number, 77, 78)).keySet()).containsExactly(number);
  }

  @Test
  void whatIsTooMuchForOneQueryIsAskedForInTwo() {
    gitHub.openMany(8);
    gitHub.faults().next("/graphql", Fault.says(502, "Bad Gateway"));
    gitHub
        .faults()
        .next(
            "/graphql",
            new Fault.Json(
                200,
                Map.of(),
                "{\"data\":null,\"errors\":[{\"message\":\"Something went wrong while executing"
                    + " your query. This may be the result of a timeout\"}]}"));
    assertThat(pulls.observe(List.of(1, 2, 3, 4, 5, 6, 7, 8))).hasSize(8);
  }

  @Test
  void checksThatMayNotBeReadAreNotTakenForNone() {
    gitHub
        .faults()
        .next(
            "/graphql",
            new Fault.Json(
                200,
                Map.of(),
                "{\"data\":{\"repository\":{\"p1\":{\"number\":1,\"state\":\"OPEN\",\"commits\":null}}},"
                    + "\"errors\":[{\"type\":\"FORBIDDEN\",\"path\":[\"repository\",\"p1\",\"commits\",\"nodes\",0],\"message\":\"Resource"
                    + " not accessible\"}]}"));
    assertThat(java.util.Objects.requireNonNull(pulls.observe(List.of(1)).get(1)).incomplete())
        .containsExactly("checks");
  }

  @Test
  void aRepositoryThatGoesAwayIsSaidToBeMissing() {
    gitHub.settings().hidden();
    gitHub
        .settings()
        .token(
            GitHubDouble.TOKEN,
            io.hyperloop.testing.github.Account.HYPERLOOP.with(java.util.Set.of("gist")));
    Problem problem = problem(() -> pulls.observe(List.of(1)));
    assertThat(problem.kind()).isEqualTo(Problem.Kind.USER);
    assertThat(problem.what()).contains("acme/widgets");
  }

  @Test
  void aMarkerThatIsNoKeyIsABug() {
    int number = ready().number();
    assertThatThrownBy(() -> pulls.comment(number, "a -->", "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
