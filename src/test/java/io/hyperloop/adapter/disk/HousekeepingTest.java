package io.hyperloop.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.disk.Housekeeping.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HousekeepingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path temp;

  private Housekeeping housekeeping() {
    return new Housekeeping(
        temp.resolve("state"), new Retention(Duration.ofDays(30), 1000), InstantSource.fixed(NOW));
  }

  private Path file(String name, int bytes, int daysOld) throws IOException {
    Path file = temp.resolve("state").resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    return aged(file, daysOld);
  }

  private static Path aged(Path path, int days) throws IOException {
    return Files.setLastModifiedTime(path, FileTime.from(NOW.minus(Duration.ofDays(days))));
  }

  @Test
  void oldLogsAndPromptsAreDeletedAndCounted() throws IOException {
    Path log = file("logs/task-001/task-001.verifier.0.0.log", 10, 31);
    Path prompt = file("logs/task-001/task-001.verifier.0.0.prompt.md", 5, 31);
    Path young = file("logs/pm/pm-1.log", 10, 1);

    assertThat(housekeeping().tidy()).isEqualTo(new Removal(2, 15, List.of()));

    assertThat(log).doesNotExist();
    assertThat(prompt).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void beyondTheSizeTheOldestAreDeleted() throws IOException {
    Path older = file("logs/task-001/a.log", 600, 3);
    Path younger = file("logs/task-002/b.log", 600, 2);

    assertThat(housekeeping().tidy().files()).isOne();

    assertThat(older).doesNotExist();
    assertThat(younger).exists();
  }

  @Test
  void whatIsDueIsToldWithoutDeletingIt() throws IOException {
    Path log = file("logs/task-001/a.log", 10, 31);

    assertThat(housekeeping().due()).isEqualTo(new Removal(1, 10, List.of()));
    assertThat(log).exists();
  }

  @Test
  void logsOfARunInProgressStay() throws IOException {
    Path log = file("logs/task-001/task-001.verifier.0.0.log", 10, 31);
    Path prompt = file("logs/task-001/task-001.verifier.0.0.prompt.md", 10, 31);
    Path unused = file("runs/task-001.verifier.0.0/order.json", 1, 0);

    assertThat(housekeeping().tidy().files()).isZero();
    assertThat(log).exists();
    assertThat(prompt).exists();
  }

  @Test
  void linksAreNeitherFollowedNorCounted() throws IOException {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path precious = aged(Files.write(outside.resolve("precious.log"), new byte[10]), 90);
    Path logs = Files.createDirectories(temp.resolve("state").resolve("logs"));
    Path folder = Files.createSymbolicLink(logs.resolve("task-001"), outside);
    Path own = Files.createDirectory(logs.resolve("task-002"));
    Path link = Files.createSymbolicLink(own.resolve("a.log"), precious);

    assertThat(housekeeping().tidy().files()).isZero();
    assertThat(precious).exists();
    assertThat(folder).isSymbolicLink();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFolderOfLogsThatIsALinkIsLeftAlone() throws IOException {
    Path precious = aged(file("outside/task-001/precious.log", 10, 90), 90);
    Path unused =
        Files.createSymbolicLink(
            temp.resolve("state").resolve("logs"), temp.resolve("state").resolve("outside"));

    assertThat(housekeeping().tidy().files()).isZero();
    assertThat(precious).exists();
  }

  @Test
  void onlyFoldersThatHaveLongBeenEmptyGo() throws IOException {
    Path logs = temp.resolve("state").resolve("logs");
    Path old = aged(Files.createDirectories(logs.resolve("task-001")), 40);
    Path young = aged(Files.createDirectories(logs.resolve("task-002")), 1);

    assertThat(housekeeping().tidy().files()).isZero();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void withoutAStateDirectoryThereIsNothingToDo() {
    assertThat(housekeeping().tidy()).isEqualTo(Removal.NONE);
    assertThat(temp.resolve("state")).doesNotExist();
  }
}
