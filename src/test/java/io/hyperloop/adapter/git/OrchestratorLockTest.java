package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrchestratorLockTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path directory;
  private Repository repository;

  @BeforeEach
  void aRepository() {
    repository = TestRepository.create(directory).repository();
  }

  /** Takes the lock in a process of its own, says so, and holds it until its input ends. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws IOException {
      Repository repository = Repository.around(Path.of(arguments[0]));
      try (OrchestratorLock lock = OrchestratorLock.take(repository, NOW)) {
        System.out.println("held " + lock.hashCode());
        System.out.flush();
        assertThat(System.in.read()).isEqualTo(-1);
      }
    }
  }

  private Process other() throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                repository.top().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).startsWith("held");
    return process;
  }

  @Test
  void aSecondHolderInThisProcessIsRefused() {
    try (OrchestratorLock first = OrchestratorLock.take(repository, NOW)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> OrchestratorLock.take(repository, NOW))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    OrchestratorLock.take(repository, NOW).close();
  }

  @Test
  void aSecondProcessIsToldWhoHoldsIt() throws Exception {
    Process process = other();
    try {
      assertThat(OrchestratorLock.holder(repository).orElseThrow())
          .satisfies(holder -> assertThat(holder.pid()).isEqualTo(process.pid()))
          .satisfies(holder -> assertThat(holder.since()).isEqualTo(NOW.toString()));
      assertThatThrownBy(() -> OrchestratorLock.take(repository, NOW))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("process " + process.pid())
          .extracting(e -> ((PortFailure) e).kind())
          .isEqualTo(Problem.Kind.ENVIRONMENT);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void deathOfTheHolderFreesIt() throws Exception {
    other().destroyForcibly().waitFor();
    assertThat(OrchestratorLock.holder(repository)).isEmpty();
    OrchestratorLock.take(repository, NOW).close();
  }

  @Test
  void lookingAtItDoesNotTakeItAway() throws Exception {
    try (OrchestratorLock lock = OrchestratorLock.take(repository, NOW)) {
      assertThat(lock).isNotNull();
      assertThat(OrchestratorLock.holder(repository)).isPresent();
      Process second =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  repository.top().toString())
              .redirectErrorStream(true)
              .start();
      assertThat(second.inputReader().lines().toList())
          .anyMatch(line -> line.contains("another hyperloop works on this repository"));
    }
    assertThat(OrchestratorLock.holder(repository)).isEmpty();
  }

  @Test
  void withoutAHolderThereIsNone() {
    assertThat(OrchestratorLock.holder(repository)).isEmpty();
    assertThat(repository.privateDirectory()).doesNotExist();
  }
}
