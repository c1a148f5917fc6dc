package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Commands that look: they tell, write nothing, and end well when nobody reads them. */
class LookingTest {
  private static final List<List<String>> LOOKS =
      List.of(
          List.of("get", "specs", "-o", "json"),
          List.of("get", "tasks", "-o", "json"),
          List.of("describe", "task", "1", "-o", "json"),
          List.of("describe", "spec", "specs/hello.md", "-o", "json"),
          List.of("status"),
          List.of("run", "--dry-run"));

  @TempDir Path temp;

  @Test
  void whoReadsOnlyTheBeginningGetsItTheWorkGoesOnAndLookingTouchesNoFile() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));

    Program.Ended run =
        sample.program().through("\"$@\" | head -n 1; exit ${PIPESTATUS[0]}", "run");

    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    assertThat(run.err()).doesNotContain("\tat ", "error");
    assertThat(sample.merges()).isEqualTo(1);
    sample.assertTidy();
    sample.repository().write("specs/more.md", "# More\n").commit("Want more");
    List<String> before = files(temp);
    for (List<String> look : LOOKS) {
      Program.Ended ended = sample.run(look.toArray(String[]::new));
      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(ended.err()).isEmpty();
      if (look.contains("json")) {
        assertThat(JsonMapper.shared().readTree(ended.out()).toString()).contains("specs/hello.md");
      }
    }
    for (List<String> look : LOOKS.subList(3, LOOKS.size())) {
      Program.Ended ended =
          sample
              .program()
              .through("\"$@\" | true; exit ${PIPESTATUS[0]}", look.toArray(String[]::new));
      assertThat(ended.exit()).as(look + ended.all()).isZero();
      assertThat(ended.err()).isEmpty();
    }
    assertThat(files(temp)).isEqualTo(before);
    sample.assertDeclined("there is no task task-002", "describe", "task", "task-002");
  }

  @Test
  void planAsksThePmAndKeepsNothingOfIt() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    String before = all(sample);

    Program.Ended ended = sample.run("plan");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(ended.out()).contains("task-001", "Say hello");
    assertThat(all(sample)).isEqualTo(before);
    sample.assertTidy();
  }

  @Test
  void aFullDiskUnderTheOutputIsTold() {
    Sample sample = Sample.with(temp, Sample.agent(temp));

    Program.Ended status = sample.program().through("\"$@\" > /dev/full", "status");
    assertThat(status.exit()).as(status.all()).isEqualTo(3);
    assertThat(status.err()).contains("the output cannot be written").doesNotContain("\tat ");

    Program.Ended run = sample.program().through("\"$@\" > /dev/full", "run");
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.err()).contains("the output cannot be written", "events.jsonl");
    assertThat(sample.merges()).isEqualTo(1);
  }

  /** Every file below with its size and time. */
  private static List<String> files(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted().toList()) {
        lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return lines;
  }

  /** Branches, work tree and state; a planned spec's commit is kept from being collected. */
  private static String all(Sample sample) throws IOException {
    return sample.repository().git("for-each-ref", "refs/heads", "refs/hyperloop/backup")
        + sample.repository().git("status", "--porcelain", "--ignored")
        + files(sample.repository().path(".hyperloop"));
  }
}
