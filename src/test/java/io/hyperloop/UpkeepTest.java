package io.hyperloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.disk.Housekeeping.Removal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class UpkeepTest {
  private final BlockingQueue<String> done = new LinkedBlockingQueue<>();
  private final SynchronousQueue<Duration> pauses = new SynchronousQueue<>();

  private Upkeep start(Supplier<Removal> logs, Supplier<Optional<String>> maintenance) {
    return Upkeep.start(logs, maintenance, done::add, pauses::put);
  }

  private Removal logs(String... failures) {
    done.add("logs");
    return new Removal(0, 0, List.of(failures));
  }

  private Optional<String> maintain() {
    done.add("maintenance");
    return Optional.empty();
  }

  private String next() throws InterruptedException {
    return String.valueOf(done.poll(20, TimeUnit.SECONDS));
  }

  private Duration pause() throws InterruptedException {
    Duration pause = pauses.poll(20, TimeUnit.SECONDS);
    return pause == null ? Duration.ZERO : pause;
  }

  @Test
  void logsGoAtTheStartMaintenanceIsDoneAMinuteLaterAndBothEachHour() throws InterruptedException {
    try (Upkeep _ = start(this::logs, this::maintain)) {
      assertThat(next()).isEqualTo("logs");
      assertThat(pause()).isEqualTo(Duration.ofMinutes(1));
      assertThat(next()).isEqualTo("maintenance");
      assertThat(pause()).isEqualTo(Duration.ofHours(1));
      assertThat(next()).isEqualTo("logs");
      assertThat(next()).isEqualTo("maintenance");
      assertThat(pause()).isEqualTo(Duration.ofHours(1));
    }
  }

  @Test
  void whatFailsIsToldAndEndsNothing() throws InterruptedException {
    Supplier<Optional<String>> broken =
        () -> {
          throw new IllegalStateException("odd");
        };
    try (Upkeep _ = start(() -> logs("no log", "no prompt"), broken)) {
      assertThat(next()).isEqualTo("logs");
      assertThat(next()).isEqualTo("no log (and 1 more)");
      assertThat(pause()).isPositive();
      assertThat(next()).contains("odd");
      assertThat(pause()).isEqualTo(Duration.ofHours(1));
    }
  }

  @Test
  void itsEndInterruptsAMaintenanceWithoutAWord() throws InterruptedException {
    Supplier<Optional<String>> hanging =
        () -> {
          done.add("hangs");
          try {
            TimeUnit.MINUTES.sleep(1);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.of("git was interrupted");
        };
    Upkeep upkeep = start(this::logs, hanging);
    assertThat(next()).isEqualTo("logs");
    assertThat(pause()).isPositive();
    assertThat(next()).isEqualTo("hangs");
    upkeep.close();
    assertThat(done).isEmpty();
  }
}
