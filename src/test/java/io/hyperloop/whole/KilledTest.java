package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the orchestrator by its own agents, each at a moment of its own choice. */
class KilledTest {
  private static final String TWO_TASKS =
      """
      {"tasks": [{"key": "a", "title": "Say", "spec": "specs/hello.md", "description": ""},
                 {"key": "b", "title": "Hear", "spec": "specs/hello.md", "description": "", "deps": ["a"]}]}
      """;

  /** Once for each name. The agent lives on: it is the next run's to end. */
  private static final String KILL =
      "die() { if mkdir \"$HOME_OF_AGENT/$1\" 2>/dev/null; then kill -9 $PPID; sleep 31; fi; }; ";

  @TempDir Path temp;

  @Test
  void whileThePmThinksAfterAVerdictAndAfterAMergeNothingIsLostOrDoneTwice() throws Exception {
    Sample sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .answering(TWO_TASKS)
                .pm(
                    KILL
                        + "die thinking; cat \"$HOME_OF_AGENT/pm.json\" > \"$HYPERLOOP_RESULT_FILE\"")
                .implementer(
                    KILL
                        + "[ $HYPERLOOP_TASK_ID = task-001 ] || die merged; "
                        + "echo x >> $HYPERLOOP_TASK_ID.txt; report pass ok")
                .verifier(KILL + "report pass fine; die reported"));

    killed(sample, "thinking");
    assertThat(sample.merges()).isZero();
    killed(sample, "reported");
    assertThat(sample.merges()).isZero();
    killed(sample, "merged");
    assertThat(sample.merges()).isEqualTo(1);

    Program.Ended last = sample.run("run");
    assertThat(last.exit()).as(last.all()).isZero();
    assertThat(sample.merges()).isEqualTo(2);
    assertThat(sample.repository().read("task-001.txt")).isEqualTo("x\n");
    assertThat(sample.repository().read("task-002.txt")).isEqualTo("x\n");
    assertThat(sample.repository().git("status", "--porcelain")).isEmpty();
    sample.assertTidy();
  }

  private void killed(Sample sample, String moment) {
    Program.Ended ended = sample.run("run");
    assertThat(ended.exit()).as(moment + ended.all()).isEqualTo(137);
    assertThat(Files.exists(temp.resolve("agent").resolve(moment))).isTrue();
  }
}
