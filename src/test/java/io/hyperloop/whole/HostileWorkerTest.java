package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that do what no worker should: nothing of theirs reaches the base, nothing is left. */
class HostileWorkerTest {
  @TempDir Path temp;

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true | ended without a report",
        "echo '{\"verdict\": ' > \"$HYPERLOOP_RESULT_FILE\" | not valid JSON",
        "echo '[1, 2]' > \"$HYPERLOOP_RESULT_FILE\" | not a JSON object",
        "head -c 100000000 /dev/zero > \"$HYPERLOOP_RESULT_FILE\"; head -c 1000000 /dev/urandom"
            + " | at most 1 MiB is read",
        "tree=$PWD; cd /; rm -rf \"$tree\"; report pass gone | no change",
        "echo x > f; git add f; git -c user.name=w -c user.email=w@e commit -q --amend -m rewritten; report pass rewritten | does not descend",
        "echo junk > specs/hello.md; report pass done | workers may not change",
      })
  void whatIsNoWorkFailsTheRoundAndSaysWhy(String script, String why) throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp).implementer(script));

    Program.Ended ended = sample.run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
    assertThat(ended.all()).contains(why).doesNotContain("\tat ");
    assertThat(sample.repository().read(".hyperloop/state/reviews/task-001-round-0.md"))
        .contains(why);
    assertThat(sample.merges()).isZero();
    assertThat(sample.repository().git("status", "--porcelain")).isEmpty();
    sample.assertTidy();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "git checkout -q -b other; echo x > kept; git add kept; git -c user.name=w -c user.email=w@e commit -qm x",
        "echo junk > .hyperloop/state/tasks/task-001.md; echo x > kept",
        "touch \"$(git rev-parse --git-dir)/index.lock\"; echo x > kept",
        "touch '  a \"b\" é.txt'; echo x > kept",
      })
  void whatIsWorkIsTakenAndTheRestIsNot(String script) throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp).implementer(script + "; report pass ok"));

    Program.Ended ended = sample.run("run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(sample.repository().read("kept")).isEqualTo("x\n");
    assertThat(sample.merges()).isEqualTo(1);
    assertThat(sample.repository().read(".hyperloop/state/tasks/task-001.md"))
        .contains("status: complete");
    assertThat(sample.repository().git("status", "--porcelain")).isEmpty();
    sample.assertTidy();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hooks=\"$(git rev-parse --git-common-dir)/hooks\"; mkdir -p \"$hooks\"; for h in post-commit"
            + " reference-transaction post-checkout; do printf '#!/bin/sh\\ntouch \"%s\"\\n'"
            + " \"$HOME_OF_AGENT/planted\" > \"$hooks/$h\"; chmod +x \"$hooks/$h\"; done",
        "git config core.fsmonitor \"touch '$HOME_OF_AGENT/planted'\"",
      })
  void whatAWorkerPlantsInGitIsNotRunByTheOrchestrator(String script) {
    Sample sample =
        Sample.with(
            temp, Sample.agent(temp).implementer(script + "; echo x > kept; report pass ok"));

    Program.Ended ended = sample.run("run");

    assertThat(ended.all()).doesNotContain("\tat ");
    assertThat(temp.resolve("agent/planted")).as(ended.all()).doesNotExist();
  }
}
