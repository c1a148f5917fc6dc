package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.github.Ci;
import io.hyperloop.testing.github.GitHubDouble;
import io.hyperloop.testing.github.Look;
import io.hyperloop.testing.github.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a spec to a merged pull request, by the real jar, on GitHub's double. */
class GitHubTest {
  private static final String LABELLED =
      """
      pipeline:
        - loop: [{agent: implementer}, {agent: verifier}]
        - gate: human-pr-approval
        - action: merge-pr
      """;

  private static final String CHECKED =
      """
      pipeline:
        - loop: [{agent: implementer}, {agent: verifier}]
        - gate: ci
        - action: merge-pr
      gates: {ci: {type: ci-status, checks: [build]}}
      """;

  /** Writes what it is told to by the last finding, else something. */
  private static final String LISTENING =
      "if grep -q 'louder' \"$HOME_OF_AGENT/told\"; then echo LOUD > hello.txt; "
          + "else echo hello > hello.txt; fi; report pass done";

  @TempDir Path temp;
  private @Nullable GitHubDouble started;
  private Sample sample = Sample.NONE;

  private void given(TestAgent agent, String process) {
    sample = Sample.with(temp, agent, "repo: acme/widgets\nmax_task_rounds: 5\nmax_replans: 3\n");
    if (!process.isEmpty()) {
      sample
          .repository()
          .write(".hyperloop/agents/process/process.yaml", process)
          .commit("Let people look");
    }
    Path bare = temp.resolve("widgets.git");
    sample.repository().git("clone", "-q", "--bare", ".", bare.toString());
    sample.repository().git("remote", "add", "origin", bare.toString());
    started = GitHubDouble.around(bare);
  }

  @AfterEach
  void nothingWasAskedThatGitHubWouldNotUnderstand() {
    if (started != null) {
      started.close();
    }
  }

  private GitHubDouble gitHub() {
    return Objects.requireNonNull(started);
  }

  private Program program() {
    return sample
        .program()
        .with("GITHUB_API_URL", gitHub().url())
        .with("GH_TOKEN", GitHubDouble.TOKEN);
  }

  private Process start() {
    return program().start(temp.resolve("out"), temp.resolve("err"), "run");
  }

  private String told() throws Exception {
    return Files.readString(temp.resolve("out")) + Files.readString(temp.resolve("err"));
  }

  /** Waits until a pull request is so, for half a minute at most; GitHub's machines go on. */
  private Look.PullView await(Process run, int number, Predicate<Look.PullView> so)
      throws Exception {
    return await(run, number, so, 300);
  }

  private Look.PullView await(Process run, int number, Predicate<Look.PullView> so, int looks)
      throws Exception {
    for (int i = 0; i < looks; i++) {
      gitHub().tick();
      if (gitHub().look().pulls() >= number && so.test(gitHub().look().pull(number))) {
        return gitHub().look().pull(number);
      }
      assertThat(run.waitFor(100, TimeUnit.MILLISECONDS)).as(told()).isFalse();
    }
    throw new AssertionError(
        "it did not come to that: "
            + (gitHub().look().pulls() >= number ? gitHub().look().pull(number) : "no pull request")
            + told());
  }

  private void converges(Process run) throws Exception {
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).as(told()).isTrue();
    assertThat(run.exitValue()).as(told()).isZero();
    assertThat(told()).doesNotContain(GitHubDouble.TOKEN).doesNotContain("\tat ");
  }

  private static boolean ready(Look.PullView pull) {
    return !pull.draft() && pull.state().equals("open");
  }

  @Test
  void aSpecBecomesAMergedPullRequestAndTheUsersBranchIsLeftAlone() throws Exception {
    given(Sample.agent(temp), "");
    String mine = sample.repository().git("rev-parse", "main");

    Program.Ended ended = program().run("run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    Look.PullView pull = gitHub().look().pull(1);
    assertThat(pull.state()).isEqualTo("merged");
    assertThat(pull.title()).isEqualTo("Say hello (task-001)");
    assertThat(pull.labels()).contains("task/task-001", "spec/hello");
    assertThat(gitHub().look().message("main"))
        .contains("Spec-Ref: specs/hello.md@", "Task-Ref: task-001");
    assertThat(gitHub().look().head("hyperloop/task-001")).as("its branch is gone").isEmpty();
    assertThat(gitHub().look().head("hyperloop/state")).as("the state is pushed").isNotEmpty();
    assertThat(sample.repository().git("rev-parse", "main")).isEqualTo(mine);
    assertThat(ended.all()).contains("pull/1").doesNotContain(GitHubDouble.TOKEN);
    assertThat(program().run("run").exit()).as("again").isZero();
  }

  @Test
  @Tag("tools")
  void aLabelGivenByAPersonClearsTheGate() throws Exception {
    given(Sample.agent(temp), LABELLED);
    Process run = start();

    Look.PullView pull = await(run, 1, one -> ready(one) && !one.comments().isEmpty());
    assertThat(pull.body()).contains("add the label `lgtm`", "specs/hello.md");
    assertThat(pull.comments()).hasSize(1).allMatch(comment -> comment.contains("lgtm"));
    gitHub().member().labels(1, "lgtm");

    converges(run);
    assertThat(gitHub().look().pull(1).state()).isEqualTo("merged");
  }

  @Test
  @Tag("tools")
  void changesRequestedAreAFindingAndTheLabelIsAskedForAnew() throws Exception {
    given(Sample.agent(temp).implementer(LISTENING), LABELLED);
    Process run = start();
    String head = await(run, 1, GitHubTest::ready).head();
    gitHub().member().labels(1, "lgtm");
    gitHub().member().requestsChanges(1, "make it louder");

    await(run, 1, pull -> ready(pull) && !pull.head().equals(head));
    await(run, 1, pull -> !pull.labels().contains("lgtm"));
    gitHub().member().approves(1);
    gitHub().member().labels(1, "lgtm");

    converges(run);
    assertThat(gitHub().look().file("main", "hello.txt")).isEqualTo("LOUD\n");
  }

  @Test
  @Tag("tools")
  void aFailedCheckIsAFindingWithItsLog() throws Exception {
    given(Sample.agent(temp).implementer(LISTENING), CHECKED);
    gitHub()
        .ci()
        .planned(head ->
            List.of(
                gitHub().look().file("hyperloop/task-001", "hello.txt").contains("LOUD")
                    ? Ci.Plan.green("build", 2)
                    : Ci.Plan.red("build", 2, "expected it to be louder\n")));
    Process run = start();

    await(run, 1, pull -> pull.state().equals("merged"));

    converges(run);
    assertThat(gitHub().look().file("main", "hello.txt")).isEqualTo("LOUD\n");
  }

  @Test
  @Tag("tools")
  void aPullRequestClosedWithACommentIsDoneDifferently() throws Exception {
    given(Sample.agent(temp).implementer(LISTENING), LABELLED);
    Process run = start();
    await(run, 1, GitHubTest::ready);
    gitHub().member().comments(1, "not like this, louder");
    gitHub().member().closes(1);

    await(run, 2, GitHubTest::ready);
    gitHub().member().labels(2, "lgtm");

    converges(run);
    assertThat(gitHub().look().pull(1).state()).isEqualTo("closed");
    assertThat(gitHub().look().pull(2).state()).isEqualTo("merged");
  }

  @Test
  void twoPullRequestsThatContradictEachOtherAreBothMergedInTheEnd() throws Exception {
    String same =
        "git -c user.name=a -c user.email=a@b merge -q -X ours \"$(git rev-parse origin/main)\""
            + " >&2; echo $HYPERLOOP_TASK_ID >> hello.txt; report pass done";
    given(Sample.agent(temp).answering(Sample.tasks(2)).implementer(same), "");

    converges(start());

    assertThat(gitHub().look().pull(1).state()).isEqualTo("merged");
    assertThat(gitHub().look().pull(2).state()).isEqualTo("merged");
    assertThat(sample.repository().git("log", "--format=%s", "origin/main"))
        .contains("(task-001)", "(task-002)");
  }

  @Test
  @Tag("tools")
  void twentyPullRequestsThatMustBeUpToDateAreCheckedABoundedNumberOfTimes() throws Exception {
    String own = "echo x > $HYPERLOOP_TASK_ID.txt; report pass done";
    given(Sample.agent(temp).answering(Sample.tasks(20)).implementer(own), "");
    gitHub().settings().rules(Rules.NONE.requiring("build").upToDateToo());
    gitHub().ci().planned(head -> List.of(Ci.Plan.green("build", 10)));
    Process run = start();

    await(run, 20, pull -> merged() == 20, 4_000);

    converges(run);
    // Once for what was opened, and once for each that had to be brought up to date.
    System.out.println("twenty pull requests: " + gitHub().ci().runs() + " runs of CI");
    assertThat(gitHub().ci().runs()).isLessThanOrEqualTo(45);
  }

  private long merged() {
    return IntStream.rangeClosed(1, 20)
        .filter(number -> gitHub().look().pull(number).state().equals("merged"))
        .count();
  }

  @Test
  void withoutATokenItSaysHowToGetOne() {
    given(Sample.agent(temp), "");

    Program.Ended ended =
        sample.program().with("GITHUB_API_URL", gitHub().url()).with("GH_TOKEN", "").run("run");

    assertThat(ended.exit()).isEqualTo(3);
    assertThat(ended.err()).contains("GH_TOKEN", "gh auth login").doesNotContain("\tat ");
  }

  @Test
  void aWrongTokenIsRefusedAndNotPrinted() {
    given(Sample.agent(temp), "");

    Program.Ended ended = program().with("GH_TOKEN", "ghp_wrongwrongwrongwrong").run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(3);
    assertThat(ended.all()).doesNotContain("ghp_wrongwrongwrongwrong").doesNotContain("\tat ");
  }

  @Test
  void withoutARemoteItSaysHowToAddOne() {
    given(Sample.agent(temp), "");
    sample.repository().git("remote", "remove", "origin");

    Program.Ended ended = program().run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(2);
    assertThat(ended.err()).contains("git remote add origin");
  }
}
