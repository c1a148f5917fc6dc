package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A PM whose answers cannot be used is told why once; then the run halts and nothing is lost. */
class BadPlanTest {
  private static final String REMEMBER =
      "cat \"$HOME_OF_AGENT/pm.json\" > \"$HYPERLOOP_RESULT_FILE\"";

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "no json at all | not valid JSON",
        "[] | not a JSON object",
        "{} | none of the keys",
        "{'tasks':[{'key':'a','title':'t','spec':'specs/no.md','description':'d'}]} | not asked about",
        "{'tasks':[{'key':'a','title':'t','spec':'../../etc/passwd','description':'d'}]} | not asked",
        "{'tasks':[{'key':'a','title':'t\\nu','spec':'specs/hello.md','description':'d'}]} | one line",
        "{'tasks':[{'key':'a','title':'t','spec':'specs/hello.md','description':'d','deps':['a']}]}"
            + " | waits for itself",
      })
  void anAnswerThatCannotBeUsedHaltsAndSaysWhy(String answer, String why) throws Exception {
    refuses(answer.replace('\'', '"'), why);
  }

  @Test
  void tenThousandTasksAreRefused() throws Exception {
    String task =
        "{\"key\":\"k%d\",\"title\":\"t\",\"spec\":\"specs/hello.md\",\"description\":\"d\"}";
    refuses(
        IntStream.range(0, 10_000)
            .mapToObj(task::formatted)
            .collect(Collectors.joining(",", "{\"tasks\":[", "]}")),
        "10000 tasks are more than max_tasks_per_intake (100)");
  }

  private void refuses(String answer, String why) throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp).answering(answer).pm(REMEMBER));

    Program.Ended ended = sample.run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
    assertThat(ended.all()).contains(why, "pm_max_failures").doesNotContain("\tat ");
    assertThat(sample.repository().path(".hyperloop/state/tasks/task-001.md")).doesNotExist();
    sample.assertTidy();

    Files.writeString(temp.resolve("agent/pm.json"), Sample.ONE_TASK);
    assertThat(sample.run("run").exit()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
  }
}
