package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a person is told with what to type, and goes on once it is typed. */
class PersonDecidesTest {
  /** Asks until it has been told, and so does its implementer. */
  private static final String ASKING_PM =
      "if grep -q 'In French' \"$HOME_OF_AGENT/prompt\"; then cat \"$HOME_OF_AGENT/pm.json\" "
          + "> \"$HYPERLOOP_RESULT_FILE\"; else echo '{\"questions\": [{\"spec\": \"specs/hello.md\", "
          + "\"question\": \"Which language?\"}]}' > \"$HYPERLOOP_RESULT_FILE\"; fi";

  private static final String ASKING_WORKER =
      "if grep -q 'Very loud' \"$HOME_OF_AGENT/told\"; then echo x > kept; report pass ok; "
          + "else report question 'How loud?'; fi";

  @TempDir Path temp;

  @Test
  void questionsOfPmAndWorkerAreToldAndTheirAnswersReachThePrompts() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp).pm(ASKING_PM).implementer(ASKING_WORKER));

    halts(sample, "Which language?", "hyperloop answer specs/hello.md");
    says(sample, "answered specs/hello.md", "answer", "specs/hello.md", "In French.");
    waits(
        sample,
        "How loud?",
        "hyperloop answer task-001",
        () -> says(sample, "takes it at once", "answer", "1", "Very", "loud."));

    assertThat(sample.merges()).isEqualTo(1);
    assertThat(sample.repository().read(".hyperloop/state/reviews/task-001-round-0-human.md"))
        .contains("Very loud.");
    sample.assertDeclined("task-001 asks nothing", "answer", "task-001", "x");
    sample.assertTidy();
  }

  @Test
  void acceptedSpecsAreInSyncWithoutAnyAgent() {
    Sample sample = Sample.with(temp, Sample.agent(temp).pm("touch \"$HOME_OF_AGENT/asked\""));
    sample.repository().write("specs/b.md", "# B\n").write("specs/c.md", "# C\n").commit("More");

    sample.assertDeclined("there is no spec specs/d.md", "accept", "specs/d.md");
    says(sample, "accepted specs/b.md", "accept", "specs/b.md");
    says(sample, "accepted specs/c.md", "accept", "--all");
    says(sample, "converged", "run");

    assertThat(Files.exists(temp.resolve("agent/asked"))).isFalse();
    says(sample, "nothing to accept", "accept", "--all");
  }

  @Test
  @Tag("tools")
  void aManualGateHoldsTheMergeUntilTheWorkIsApproved() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    sample
        .repository()
        .write(
            ".hyperloop/agents/process/process.yaml",
            """
            pipeline:
              - loop: [{agent: implementer}, {agent: verifier}]
              - gate: release
              - action: merge-pr
            gates: {release: {type: manual}}
            """)
        .commit("Look before it is merged");
    sample.assertDeclined("there is no task task-001", "approve", "task-001");

    waits(
        sample,
        "release",
        "hyperloop approve task-001",
        () -> {
          assertThat(sample.merges()).isZero();
          sample.assertDeclined(
              "is not at the gate other", "approve", "task-001", "--gate", "other");
          says(sample, "approved task-001 at release", "approve", "task-001");
        });

    assertThat(sample.merges()).isEqualTo(1);
    sample.assertDeclined("is not at a gate: it is complete", "approve", "task-001");
    sample.assertTidy();
  }

  /** It ends with exit 1, having said what is asked and what to type. */
  private static void halts(Sample sample, String why, String remedy) {
    Program.Ended ended = sample.run("run");
    assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
    assertThat(ended.all()).contains(why, remedy).doesNotContain("\tat ");
  }

  /** It tells what it waits for, and converges once that is done. */
  private static void waits(Sample sample, String why, String remedy, Runnable done)
      throws Exception {
    Path out = sample.temp().resolve("out");
    Process run = sample.program().start(out, sample.temp().resolve("err"), "run");
    sample.await(run, out, remedy);
    assertThat(Files.readString(out)).contains(why);
    assertThat(sample.run("status").out()).contains(why, remedy);
    done.run();
    assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(Files.readString(out)).isZero();
  }

  private static void says(Sample sample, String what, String... arguments) {
    Program.Ended ended = sample.run(arguments);
    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(ended.out()).contains(what);
  }
}
