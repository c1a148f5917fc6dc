package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The system fails under the real jar: what is said, and that the next run goes on. */
class FaultsTest {
  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"worktree", "read-tree", "merge-tree", "status", "log"})
  void aGitThatFailsOnceLosesNothing(String command) throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp), "max_worker_attempts: 2\n");
    FaultyGit git = FaultyGit.in(temp);

    Program.Ended ended = git.over(sample).with("FAULT_IN", command).run("run");

    assertThat(git.failed()).as(git.calls().toString()).isTrue();
    assertThat(ended.exit()).as(ended.all()).isIn(0, 1, 3);
    assertThat(ended.err()).doesNotContain("\tat ");
    if (ended.exit() == 3) {
      assertThat(ended.err()).contains(FaultyGit.MESSAGE, "where: git ");
    }
    goesOn(sample);
  }

  /** A limit on what a file may hold stands for the full disk: what is written fails or is cut. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 16})
  void aFullDiskIsSaidAndLosesNothing(int kilobytes) throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    sample.repository().write("mine.txt", "mine\n");

    Program.Ended full =
        sample
            .program()
            .through(
                "(ulimit -f " + kilobytes + "; \"$@\") 2>&1 | cat; exit ${PIPESTATUS[0]}", "run");

    if (full.exit() != 0) {
      assertThat(full.exit()).as(full.all()).isIn(1, 3);
      assertThat(full.out()).doesNotContain("\tat ");
    }
    assertThat(sample.repository().read("mine.txt")).isEqualTo("mine\n");
    goesOn(sample);
    assertThat(sample.repository().git("status", "--porcelain")).isEqualTo("?? mine.txt");
  }

  @Test
  void aStateDirectoryThatCannotBeMadeIsNamed() throws IOException {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    Path file = Files.writeString(temp.resolve("file"), "");

    Program.Ended ended =
        sample.program().with("XDG_STATE_HOME", file.resolve("state").toString()).run("run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(3);
    assertThat(ended.err())
        .contains("error: ", file.toString(), "remedy: ")
        .doesNotContain("\tat ");
    goesOn(sample);
  }

  /** A mount of its own that is read-only also for root. */
  private static final String READ_ONLY =
      """
      unshare -m bash -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"' sh "$HELD" "$@"
      """;

  /** The same for those whom permissions bind. */
  private static final String UNWRITABLE =
      "chmod -R a-w \"$HELD\"; \"$@\"; code=$?; chmod -R u+w \"$HELD\"; exit $code";

  @Test
  void aStateDirectoryThatBecameReadOnlyIsNamedAndLosesNothing() throws IOException {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    Program.Ended before = sample.run("run");
    assertThat(before.exit()).as(before.all()).isZero();
    sample.repository().write("specs/hello.md", "# Hello\nSay it twice.\n").commit("Want more");
    boolean root = System.getProperty("user.name").equals("root");

    Program.Ended ended =
        sample
            .program()
            .with("HELD", temp.resolve("state").toString())
            .through(root ? READ_ONLY : UNWRITABLE, "run");

    assertThat(ended.exit()).as(ended.all()).isEqualTo(3);
    assertThat(ended.err())
        .contains("error: ", temp.resolve("state").toString(), "remedy: ")
        .doesNotContain("\tat ");
    assertThat(sample.merges()).isEqualTo(1);
    Program.Ended next = sample.run("run");
    assertThat(next.exit()).as(next.all()).isZero();
    assertThat(sample.merges()).isEqualTo(2);
    sample.assertTidy();
  }

  /** As in a laptop that is closed, but that the agent goes on meanwhile. */
  @Test
  void anOrchestratorThatIsSuspendedGoesOn() throws Exception {
    Sample sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .implementer("touch \"$HOME_OF_AGENT/works\"; echo x > x.txt; report pass ok"));
    Process run = sample.program().start(temp.resolve("out"), temp.resolve("err"), "run");
    while (!Files.exists(temp.resolve("agent/works"))) {
      assertThat(run.waitFor(5, TimeUnit.MILLISECONDS)).isFalse();
    }
    signal(run, "STOP");
    assertThat(run.waitFor(4, TimeUnit.SECONDS)).isFalse();
    signal(run, "CONT");
    assertThat(run.waitFor()).as(Files.readString(temp.resolve("err"))).isZero();
    assertThat(sample.merges()).isEqualTo(1);
    sample.assertTidy();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  @Test
  void anIndexLockOfOthersIsWaitedForAndGoesOnWhenItGoes() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    Path lock = sample.repository().path(".git/index.lock");
    Files.writeString(lock, "");
    Process run = sample.program().start(temp.resolve("out"), temp.resolve("err"), "run");
    sample.await(run, temp.resolve("out"), "saving waits: another git command works in");
    assertThat(lock).hasContent("");

    Files.delete(lock);

    assertThat(run.waitFor()).as(Files.readString(temp.resolve("err"))).isZero();
    assertThat(sample.merges()).isEqualTo(1);
    sample.assertTidy();
  }

  @Tag("kill")
  @Test
  void aPersonsGarbageCollectionAtTheSameTimeTakesNothing() throws Exception {
    Sample sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .answering(Sample.tasks(8))
                .implementer(
                    "echo x > $HYPERLOOP_TASK_ID.txt; git add .; git commit -qm x; report pass ok"),
            "max_workers: 3\n");
    Process collecting =
        new ProcessBuilder("sh", "-c", "while :; do git gc -q --prune=now 2>>../gc; done")
            .directory(sample.repository().top().toFile())
            .start();
    try {
      Program.Ended ended = sample.run("run");
      assertThat(ended.exit()).as(ended.all()).isZero();
    } finally {
      collecting.destroy();
      assertThat(collecting.waitFor()).isNotZero();
    }
    assertThat(sample.merges()).isEqualTo(8);
    assertThat(sample.repository().git("status", "--porcelain")).isEmpty();
    assertThat(sample.repository().git("fsck", "--no-dangling")).isEmpty();
  }

  private static void goesOn(Sample sample) throws IOException {
    TestRepository repository = sample.repository();
    repository.git("fsck", "--no-dangling");
    Program.Ended next = sample.run("run");
    assertThat(next.exit()).as(next.all()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
    assertThat(repository.read("task-001.txt")).isEqualTo("0\n");
    sample.assertTidy();
  }
}
