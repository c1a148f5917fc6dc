package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockRecoveryTest {
  private static final Duration SHORT = Duration.ofMillis(1200);
  private static final String BRANCH = "refs/heads/hyperloop/task-001";

  @TempDir Path temp;
  private final List<Process> started = new ArrayList<>();
  private TestRepository repository;
  private Path lock;

  @BeforeEach
  void aRepositoryWithAPackedBranch() {
    repository = TestRepository.create(temp.resolve("r"));
    repository.git("update-ref", BRANCH, "HEAD");
    repository.git("pack-refs", "--all");
    lock = repository.path(".git/packed-refs.lock");
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private List<String> recover() {
    return new LockRecovery(repository.repository(), SHORT).run();
  }

  private LockNote note() {
    return LockNote.write(repository.repository().commonDirectory(), "delete " + BRANCH);
  }

  private List<Path> notes() {
    return LockNote.left(repository.repository().commonDirectory());
  }

  private void plant(String file) {
    repository.write(".git/" + file, "");
  }

  /** A git that is alive as long as its input is open. */
  private Process gitIn(Path directory, String... options) throws IOException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(options));
    command.addAll(List.of("cat-file", "--batch"));
    Process process = new ProcessBuilder(command).directory(directory.toFile()).start();
    started.add(process);
    return process;
  }

  @Test
  void aDeathWhileRefsAreDeletedLeavesNoLock() throws Exception {
    var packed = new StringBuilder(repository.read(".git/packed-refs"));
    String tip = repository.git("rev-parse", "HEAD");
    for (int i = 100_000; i < 200_000; i++) {
      packed.append(tip).append(" refs/hyperloop/backup/").append(i).append('\n');
    }
    repository.write(".git/packed-refs", packed.toString());
    Process deleting =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                DeletingRefs.class.getName(),
                repository.top().toString(),
                temp.resolve("state").toString())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out").toFile())
            .start();
    started.add(deleting);
    while (!Files.exists(lock)) {
      assertThat(deleting.isAlive()).as(Files.readString(temp.resolve("out"))).isTrue();
      Thread.onSpinWait();
    }
    deleting.destroyForcibly().waitFor();
    assertThat(lock).exists();

    assertThat(recover()).contains("unlocked " + lock + " after an interruption");

    assertThat(lock).doesNotExist();
    assertThat(notes()).isEmpty();
    repository.git("pack-refs", "--all");
    repository.git("update-ref", "-d", BRANCH);
    assertThat(repository.git("fsck")).isEmpty();
  }

  @Test
  void whatAGitOfOursLeavesWhenItIsKilledTooIsTakenAway() {
    note();
    List<String> left =
        List.of(
            "packed-refs.lock",
            "refs/heads/main.lock",
            BRANCH + ".lock",
            "objects/maintenance.lock",
            "objects/pack/multi-pack-index.lock");
    left.forEach(this::plant);
    plant("packed-refs.new");

    assertThat(recover()).hasSize(left.size()).allMatch(line -> line.startsWith("unlocked "));

    left.forEach(file -> assertThat(repository.path(".git/" + file)).doesNotExist());
    assertThat(repository.path(".git/packed-refs.new")).doesNotExist();
    assertThat(recover()).isEmpty();
    repository.git("update-ref", "-d", BRANCH);
    repository.git("pack-refs", "--all");
  }

  @Test
  void aNoteWithoutALockIsForgotten() {
    note();
    assertThat(recover()).isEmpty();
    assertThat(notes()).isEmpty();
  }

  @Test
  void aLockIsLeftAloneWhileAGitOfAPersonsIsAlive() throws Exception {
    note();
    plant("packed-refs.lock");
    Process git = gitIn(repository.top());

    assertThat(recover())
        .containsExactly(
            "left "
                + lock
                + " alone, which may be that of process "
                + git.pid()
                + " (git cat-file --batch)");
    assertThat(lock).exists();

    git.destroyForcibly().waitFor();
    assertThat(recover()).containsExactly("unlocked " + lock + " after an interruption");
  }

  @Test
  void aGitInALinkedWorkTreeOrWithTheRepositoryInItsArgumentsIsOneToo() throws Exception {
    repository.git("worktree", "add", "-q", "--detach", temp.resolve("linked").toString());
    note();
    plant("packed-refs.lock");
    for (Process git : List.of(gitIn(temp.resolve("linked")), gitIn(temp, "--git-dir=r/.git"))) {
      assertThat(GitProcesses.on(repository.repository()))
          .anyMatch(line -> line.startsWith("process " + git.pid() + " "));
      git.destroyForcibly().waitFor();
    }
    assertThat(recover()).hasSize(1);
  }

  @Test
  void aGitInAnotherRepositoryIsNobodys() throws IOException {
    TestRepository other = TestRepository.create(temp.resolve("other"));
    note();
    plant("packed-refs.lock");
    gitIn(other.top());
    assertThat(recover()).containsExactly("unlocked " + lock + " after an interruption");
  }

  @Test
  void aGitThatEndsAndTakesItsLockAlongIsWaitedFor() throws Exception {
    note();
    plant("packed-refs.lock");
    Process script =
        new ProcessBuilder("sh", "-c", "sleep 0.3; rm .git/packed-refs.lock")
            .directory(repository.top().toFile())
            .start();
    assertThat(recover()).isEmpty();
    assertThat(script.waitFor()).isZero();
    assertThat(notes()).isEmpty();
  }

  @Test
  void aLockOlderThanTheNoteIsNotOurs() throws IOException {
    plant("packed-refs.lock");
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
    note();
    assertThat(recover())
        .singleElement()
        .asString()
        .contains("left " + lock + " alone", "not hyperloop's", "so delete it");
    assertThat(lock).exists();
  }

  @Test
  void aLockThatNobodyNotedIsToldOfOnceItIsNoPassingOne() throws IOException {
    plant("packed-refs.lock");
    assertThat(recover()).isEmpty();
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(3600)));
    Process git = gitIn(repository.top());
    assertThat(recover()).singleElement().asString().contains("process " + git.pid());
    assertThat(lock).exists();
  }

  @Test
  void aNoteStaysAsLongAsThereIsALock() throws IOException {
    try (LockNote _ = note()) {
      plant("packed-refs.lock");
    }
    assertThat(notes()).hasSize(1);
    Files.delete(lock);
    try (LockNote _ = note()) {
      assertThat(notes()).hasSize(2);
    }
    assertThat(notes()).hasSize(1);
  }
}
