package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcPauseTest {
  private static final Duration SHORT = Duration.ofMillis(30);

  @TempDir Path temp;
  private TestRepository repository;
  private GcPause pause;
  private Process other;

  @BeforeEach
  void aRepositoryAndAnotherProcess() throws IOException {
    repository = TestRepository.create(temp.resolve("r"));
    pause = GcPause.of(repository.repository());
    other = new ProcessBuilder("sleep", "60").start();
  }

  @AfterEach
  void end() {
    other.destroyForcibly();
  }

  private void gcOf(long pid) throws IOException {
    String host = Files.readString(Path.of("/proc/sys/kernel/hostname"));
    repository.write(".git/gc.pid", pid + " " + host);
  }

  @Test
  void gitGcDoesNotStartMeanwhile() {
    assertThat(pause.hold(SHORT)).isTrue();
    Git.Result refused = repository.repository().git().attempt("gc", "--prune=now");
    assertThat(refused.ok()).isFalse();
    assertThat(refused.err()).contains("gc is already running");
    pause.release();
    assertThat(repository.repository().git().attempt("gc", "--prune=now").ok()).isTrue();
    assertThat(repository.path(".git/gc.pid")).doesNotExist();
  }

  @Test
  void whatWeLeaveWhenKilledKeepsNoGitGcAway() throws Exception {
    assertThat(pause.hold(SHORT)).isTrue();
    String ours = Files.readString(repository.path(".git/gc.pid"));
    other.destroyForcibly().waitFor();
    String self = String.valueOf(ProcessHandle.current().pid());

    repository.write(".git/gc.pid", ours.replace(self, String.valueOf(other.pid())));

    assertThat(repository.repository().git().attempt("gc").ok()).isTrue();
    pause.release();
  }

  @Test
  void aGcThatRunsIsWaitedForAndItsFileStays() throws Exception {
    gcOf(other.pid());
    assertThat(pause.hold(SHORT)).isFalse();
    assertThat(pause.why()).contains("git gc works in ");
    assertThat(repository.path(".git/gc.pid")).exists();
    other.destroyForcibly().waitFor();
    assertThat(pause.hold(SHORT)).isTrue();
    pause.release();
  }

  @Test
  void aGcThatIsAboutToStartGoesFirst() {
    repository.write(".git/gc.pid.lock", "");
    assertThat(pause.hold(SHORT)).isFalse();
    assertThat(repository.path(".git/gc.pid")).doesNotExist();
  }

  @Test
  void twoWhoWriteShareIt() {
    assertThat(pause.hold(SHORT)).isTrue();
    assertThat(pause.hold(SHORT)).isTrue();
    pause.release();
    assertThat(repository.path(".git/gc.pid")).exists();
    pause.release();
    assertThat(repository.path(".git/gc.pid")).doesNotExist();
  }

  @Test
  void whatAKilledOrchestratorLeftKeepsNobodyAway() throws Exception {
    gcOf(other.pid());
    other.destroyForcibly().waitFor();
    assertThat(repository.repository().git().attempt("gc").ok()).isTrue();
  }
}
