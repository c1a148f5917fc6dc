package io.hyperloop.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskQuotaTest {
  private static final long MIB = 1L << 20;

  @TempDir Path temp;
  private final AtomicLong nanoseconds = new AtomicLong();

  private DiskQuota quota(Executor background) {
    return new DiskQuota(temp.resolve("state"), MIB, 1, background, nanoseconds::get);
  }

  private Path fill(String name, long bytes) throws IOException {
    Path file = temp.resolve("state").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[(int) bytes]);
  }

  private void passes(Duration time) {
    long unused = nanoseconds.addAndGet(time.toNanos());
  }

  @Test
  void anEmptyStateDirectoryHasRoom() {
    assertThat(quota(Runnable::run).full()).isEmpty();
  }

  @Test
  void tooMuchInTheStateDirectoryIsToldWithWhatHoldsItAndWhatToDo() throws IOException {
    Path unused = fill("worktrees/a/node_modules/big", 3 * MIB);
    Path log = fill("logs/pm/a.log", 2048);

    assertThat(quota(Runnable::run).full().orElseThrow())
        .contains(
            temp.resolve("state") + " holds 3.0 MiB (worktrees 3.0 MiB, logs 2.0 KiB)",
            "beyond 1.0 MiB",
            "hyperloop gc",
            "retention.state_mb");
    assertThat(log).exists();
  }

  @Test
  void tooLittleLeftOnTheDiskIsToldWithWhatToDo() {
    var quota = new DiskQuota(temp.resolve("state"), MIB, Long.MAX_VALUE, Runnable::run, () -> 0);

    assertThat(quota.full().orElseThrow())
        .contains("the disk of " + temp.resolve("state"), "left", "retention.free_mb");
  }

  @Test
  void whatLinksPointToDoesNotCount() throws IOException {
    Path big = Files.write(temp.resolve("big"), new byte[(int) (3 * MIB)]);
    Path inside = fill("worktrees/a/small", 1).resolveSibling("link");
    Path unused = Files.createSymbolicLink(inside, big);

    assertThat(quota(Runnable::run).full()).isEmpty();
  }

  @Test
  void itIsMeasuredAtMostOnceAMinute() throws IOException {
    DiskQuota quota = quota(Runnable::run);
    assertThat(quota.full()).isEmpty();
    Path unused = fill("worktrees/a/big", 3 * MIB);

    passes(Duration.ofSeconds(59));
    assertThat(quota.full()).isEmpty();
    passes(Duration.ofSeconds(1));
    assertThat(quota.full()).isPresent();
  }

  @Test
  void thatThereIsRoomAgainIsSeenASecondLater() throws IOException {
    Path big = fill("worktrees/a/big", 3 * MIB);
    DiskQuota quota = quota(Runnable::run);
    assertThat(quota.full()).isPresent();
    Files.delete(big);

    assertThat(quota.full()).isPresent();
    passes(Duration.ofSeconds(1));
    assertThat(quota.full()).isEmpty();
  }

  @Test
  void whoAsksDoesNotWaitForALaterMeasurement() throws IOException {
    Queue<Runnable> later = new ArrayDeque<>();
    boolean[] first = {true};
    DiskQuota quota =
        quota(work -> {
          if (first[0]) {
            first[0] = false;
            work.run();
          } else {
            later.add(work);
          }
        });
    assertThat(quota.full()).isEmpty();
    Path unused = fill("worktrees/a/big", 3 * MIB);
    passes(Duration.ofMinutes(2));

    assertThat(quota.full()).isEmpty();
    assertThat(quota.full()).isEmpty();
    assertThat(later).hasSize(1);
    later.remove().run();
    assertThat(quota.full()).isPresent();
  }

  @Test
  void measuringTakesATenthOfTheTimeAtMost() throws IOException {
    var ticks = new AtomicLong();
    var quota =
        new DiskQuota(
            temp.resolve("state"),
            MIB,
            1,
            Runnable::run,
            () -> ticks.getAndAdd(Duration.ofMinutes(1).toNanos()));
    assertThat(quota.full()).isEmpty();
    Path unused = fill("worktrees/a/big", 3 * MIB);

    for (int minute = 1; minute < 10; minute++) {
      assertThat(quota.full()).isEmpty();
    }
    assertThat(quota.full()).isPresent();
  }
}
