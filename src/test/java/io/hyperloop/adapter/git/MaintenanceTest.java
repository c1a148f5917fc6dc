package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path temp;
  private TestRepository repository;
  private Maintenance maintenance;

  @BeforeEach
  void aRepositoryWithLooseObjects() {
    repository = TestRepository.create(temp.resolve("r"));
    maintenance = new Maintenance(repository.repository(), InstantSource.fixed(NOW));
    for (int i = 0; i < 120; i++) {
      repository.write("f" + i, "text " + i + "\n");
    }
    String unused = repository.commit("many");
  }

  private long loose() {
    String counted = repository.git("count-objects").split(" ", -1)[0];
    return Long.parseLong(counted);
  }

  @Test
  void manyLooseObjectsBecomeAPack() throws IOException {
    assertThat(loose()).isGreaterThan(120);

    assertThat(maintenance.run()).isEmpty();
    assertThat(maintenance.run()).isEmpty();

    assertThat(loose()).isZero();
    assertThat(repository.git("fsck")).isEmpty();
    assertThat(locks()).isEmpty();
  }

  @Test
  void aFewLooseObjectsStayAsTheyAre() {
    repository.git("repack", "-d", "-q");
    repository.git("prune-packed");
    String unused = repository.write("one", "more\n").commit("one more");
    long before = loose();

    assertThat(maintenance.run()).isEmpty();

    assertThat(before).isPositive();
    assertThat(loose()).isEqualTo(before);
  }

  @Test
  void nothingIsDeletedThatNoRefNamesWhateverTheConfigurationSays() {
    String lost = repository.write("lost", "work\n").commit("lost");
    repository.git("reset", "-q", "--hard", "HEAD~");
    for (String setting :
        List.of("gc.pruneExpire", "gc.reflogExpire", "gc.reflogExpireUnreachable")) {
      repository.git("config", setting, "now");
    }
    repository.git("config", "maintenance.gc.enabled", "true");
    repository.git("config", "gc.auto", "1");
    repository.git("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all");

    assertThat(maintenance.run()).isEmpty();
    assertThat(maintenance.run()).isEmpty();

    assertThat(repository.git("cat-file", "-t", lost)).isEqualTo("commit");
  }

  @Test
  void noProgramThatAnAgentPlantedIsStarted() throws IOException {
    Path ran = temp.resolve("ran");
    Path program = temp.resolve("program");
    Files.writeString(program, "#!/bin/sh\ntouch '" + ran + "'\n");
    Path unused =
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String setting :
        List.of(
            "gc.recentObjectsHook",
            "core.alternateRefsCommand",
            "core.fsmonitor",
            "core.sshCommand",
            "core.editor",
            "core.pager")) {
      repository.git("config", setting, program.toString());
    }
    repository.git("config", "core.hooksPath", temp.resolve("hooks").toString());
    Path hooks = Files.createDirectories(temp.resolve("hooks"));
    for (String hook : List.of("pre-auto-gc", "reference-transaction", "post-index-change")) {
      Path copy = Files.copy(program, hooks.resolve(hook));
      Path executable =
          Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      assertThat(executable).isExecutable();
    }
    repository.git("config", "gc.cruftPacks", "true");
    repository.git("config", "maintenance.prefetch.enabled", "true");
    repository.git("config", "remote.origin.url", "ssh://nowhere/x");
    Files.deleteIfExists(ran);

    assertThat(maintenance.run()).isEmpty();
    assertThat(maintenance.run()).isEmpty();

    assertThat(loose()).isZero();
    assertThat(ran).doesNotExist();
  }

  @Test
  void aFailureIsToldInGitsWords() throws IOException {
    repository.git("config", "maintenance.loose-objects.auto", "many");

    assertThat(maintenance.run().orElseThrow())
        .contains("git maintenance failed", "tried again later");
    assertThat(locks()).isEmpty();
  }

  @Test
  void aLockThatWasLeftIsToldAfterADay() throws IOException {
    Path lock = repository.path(".git/objects/maintenance.lock");
    Path made = Files.createFile(lock);
    Path unused = Files.setLastModifiedTime(made, FileTime.from(NOW.minus(Duration.ofHours(1))));
    assertThat(maintenance.run()).isEmpty();

    unused = Files.setLastModifiedTime(lock, FileTime.from(NOW.minus(Duration.ofHours(25))));
    assertThat(maintenance.run().orElseThrow()).contains(lock.toString(), "delete it");
    assertThat(lock).exists();
  }

  private List<Path> locks() throws IOException {
    try (Stream<Path> files = Files.walk(repository.path(".git"))) {
      return files.filter(file -> file.toString().endsWith(".lock")).toList();
    }
  }
}
