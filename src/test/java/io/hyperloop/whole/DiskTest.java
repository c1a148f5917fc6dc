package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The room on the disk: used up, and given back. */
class DiskTest {
  @TempDir Path temp;

  @Test
  void whereTheStateDirectoryIsFullNoAgentStartsUntilItMayHoldMore() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp), "retention: {state_mb: 1}\n");
    Path junk = state(sample).resolve("junk");
    Files.createDirectories(junk.getParent());
    Files.write(junk, new byte[2 << 20]);

    Path out = temp.resolve("out");
    Process run = sample.program().start(out, temp.resolve("err"), "run");
    sample.await(run, out, "no room on disk");
    run.destroy();
    assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).isEqualTo(143);
    assertThat(Files.readString(out))
        .contains("holds 2.0 MiB (junk 2.0 MiB", "hyperloop gc", "retention.state_mb");
    assertThat(temp.resolve("agent").resolve("prompt")).doesNotExist();

    sample
        .repository()
        .write(
            ".hyperloop.yaml",
            sample.repository().read(".hyperloop.yaml").replace("state_mb: 1}", "state_mb: 100}"))
        .commit("Give it room");
    Program.Ended ended = sample.run("run");
    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
    sample.assertTidy();
  }

  @Test
  void gcTellsWhatItWouldDeleteChangesNothingAndThenDeletesIt() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    Program.Ended run = sample.run("run");
    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(sample.run("gc").out()).isEqualTo("nothing to delete\n");

    Map<Path, String> logs = files(state(sample).resolve("logs"));
    for (Path file : logs.keySet()) {
      if (Files.isRegularFile(file)) {
        Instant old = Instant.now().minus(Duration.ofDays(40));
        Path unused = Files.setLastModifiedTime(file, FileTime.from(old));
      }
    }
    Path workTree = state(sample).resolve("worktrees").resolve("task-009.verifier.0.0");
    Files.createDirectories(workTree);
    Files.write(workTree.resolve("big"), new byte[3 << 20]);
    String ref = "refs/hyperloop/backup/task-009/abc";
    sample.repository().git("update-ref", ref, old(sample));

    Map<Path, String> before = files(temp);
    String refs = sample.repository().git("for-each-ref");
    Program.Ended dry = sample.run("gc", "--dry-run");
    assertThat(dry.exit()).as(dry.all()).isZero();
    assertThat(dry.out())
        .containsPattern("would delete [0-9]+ logs and prompts, [0-9.]+ ")
        .contains("would delete 1 work tree of a run that is gone, 3.0 MiB\n", ref);
    assertThat(files(temp)).isEqualTo(before);
    assertThat(sample.repository().git("for-each-ref")).isEqualTo(refs);

    Program.Ended gc = sample.run("gc");
    assertThat(gc.out()).as(gc.all()).isEqualTo(dry.out().replace("would delete", "deleted"));
    assertThat(workTree).doesNotExist();
    assertThat(sample.logs()).isEmpty();
    assertThat(sample.repository().git("for-each-ref", ref)).isEmpty();
    assertThat(sample.run("gc").out()).isEqualTo("nothing to delete\n");
    sample.assertTidy();
  }

  @Test
  void besideARunOnlyLogsAreLookedAt() throws Exception {
    Path go = temp.resolve("go");
    Sample sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .implementer(
                    "echo ready; until [ -e '"
                        + go
                        + "' ]; do sleep 0.05; done; echo x > x; report pass ok"));
    Path out = temp.resolve("out");
    Process run = sample.program().start(out, temp.resolve("err"), "run");
    sample.await(run, out, "implementer started");

    Program.Ended gc = sample.run("gc");

    assertThat(gc.exit()).as(gc.all()).isZero();
    assertThat(gc.out()).isEqualTo("nothing to delete\n");
    assertThat(gc.err())
        .contains("another hyperloop works on this repository: process " + run.pid());
    Files.createFile(go);
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(Files.readString(out)).isZero();
    assertThat(sample.merges()).isEqualTo(1);
  }

  private static Path state(Sample sample) {
    return sample
        .repository()
        .repository()
        .stateDirectory(Map.of("XDG_STATE_HOME", sample.temp().resolve("state").toString()));
  }

  /** A commit of long ago. */
  private static String old(Sample sample) {
    return io.hyperloop.adapter.git.Git.in(sample.repository().top())
        .with(Map.of("GIT_COMMITTER_DATE", "2020-01-01T00:00:00Z"))
        .run("commit-tree", "-m", "old", "HEAD^{tree}");
  }

  /** All that there is, with its content and times. */
  private static Map<Path, String> files(Path folder) throws IOException {
    var files = new TreeMap<Path, String>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        String content =
            Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? java.util.Arrays.hashCode(Files.readAllBytes(file)) + ""
                : "";
        files.put(file, content + Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
      }
    }
    return files;
  }
}
