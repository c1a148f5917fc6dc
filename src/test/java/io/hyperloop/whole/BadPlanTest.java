package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PM whose answers cannot be used is told why once; then the run halts and nothing is lost. */
class BadPlanTest {
  private static final String TASK =
      "{'tasks':[{'key':'a','title':'t','spec':'specs/hello.md','description':'d'%s}]}";

  /** Keeps what it is told, and gives its answers one after the other. */
  private static final String IN_TURN =
      "n=$(cat \"$HOME_OF_AGENT/n\" 2>/dev/null || echo 0); n=$((n + 1)); echo $n > \"$HOME_OF_AGENT/n\"; "
          + "cp \"$HOME_OF_AGENT/prompt\" \"$HOME_OF_AGENT/prompt-$n\"; "
          + "cat \"$HOME_OF_AGENT/answer-$n\" > \"$HYPERLOOP_RESULT_FILE\"";

  private record Answer(String text, String why) {}

  /** Two for each run: the PM may correct itself once. */
  private static final List<Answer> BAD =
      List.of(
          new Answer("no json at all", "not valid JSON"),
          new Answer("[]", "not a JSON object"),
          new Answer("{}", "none of the keys"),
          new Answer(TASK.replace("hello", "no").formatted(""), "not asked about"),
          new Answer(TASK.replace("specs/hello.md", "../../etc/passwd").formatted(""), "not asked"),
          new Answer(TASK.replace("'t'", "'t\\nu'").formatted(""), "one line"),
          new Answer(TASK.formatted(",'deps':['a']"), "waits for itself"),
          new Answer(Sample.tasks(10_000), "10000 tasks are more than max_tasks_per_intake (100)"));

  @TempDir Path temp;

  @Test
  void anAnswerThatCannotBeUsedIsCorrectedOnceThenTheRunHaltsAndSaysWhy() throws Exception {
    Sample sample = Sample.with(temp, inTurn());
    for (int i = 0; i < BAD.size(); i++) {
      answer(i + 1, BAD.get(i).text());
    }
    for (int run = 1; run <= BAD.size() / 2; run++) {
      Program.Ended ended = sample.run("run");

      assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
      assertThat(prompt(2 * run - 1)).doesNotContain("What was wrong with your last answer");
      assertThat(prompt(2 * run))
          .contains("What was wrong with your last answer", BAD.get(2 * run - 2).why());
      assertThat(ended.all())
          .contains(BAD.get(2 * run - 1).why(), "pm_max_failures")
          .doesNotContain("\tat ");
      assertThat(sample.repository().path(".hyperloop/state/tasks/task-001.md")).doesNotExist();
      sample.assertTidy();
    }
    answer(BAD.size() + 1, Sample.ONE_TASK);
    assertThat(sample.run("run").exit()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
  }

  @Test
  void tasksThatWaitForEachOtherAreSentBackWithTheCycleAndTheCorrectionIsTaken() throws Exception {
    Sample sample = Sample.with(temp, inTurn());
    answer(
        1,
        """
        {"tasks": [
         {"key":"a", "title":"A", "spec":"specs/hello.md", "description":"", "deps":["b"]},
         {"key":"b", "title":"B", "spec":"specs/hello.md", "description":"", "deps":["a"]}]}
        """);
    answer(2, Sample.ONE_TASK);

    Program.Ended ended = sample.run("run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(prompt(2))
        .contains("the tasks wait for each other: ", "tasks[0] (a) -> tasks[1] (b)");
    assertThat(sample.merges()).isEqualTo(1);
  }

  private TestAgent inTurn() {
    return Sample.agent(temp).pm(IN_TURN);
  }

  private void answer(int turn, String text) throws Exception {
    Files.writeString(temp.resolve("agent/answer-" + turn), text.replace('\'', '"'));
  }

  private String prompt(int turn) throws Exception {
    return Files.readString(temp.resolve("agent/prompt-" + turn));
  }
}
