package io.hyperloop.adapter.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.disk.Retention.Kept;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Retention RETENTION = new Retention(Duration.ofDays(30), 100);

  private static Kept file(String name, long bytes, long daysOld) {
    return new Kept(Path.of(name), bytes, NOW.minus(Duration.ofDays(daysOld)), false);
  }

  private static Kept ofRun(Kept file) {
    return new Kept(file.path(), file.bytes(), file.modified(), true);
  }

  @Test
  void whatIsYoungAndSmallStays() {
    assertThat(RETENTION.expired(List.of(file("a", 60, 30), file("b", 40, 0)), NOW)).isEmpty();
  }

  @Test
  void whatIsOlderThanTheAgeGoes() {
    Kept old = file("a", 1, 31);
    assertThat(RETENTION.expired(List.of(file("b", 1, 1), old), NOW)).containsExactly(old);
  }

  @Test
  void beyondTheSizeTheOldestGoUntilTheRestFits() {
    Kept oldest = file("c", 30, 5);
    Kept older = file("a", 30, 4);
    Kept young = file("b", 90, 1);
    assertThat(RETENTION.expired(List.of(young, oldest, older), NOW))
        .containsExactly(oldest, older);
  }

  @Test
  void whatWentByItsAgeNoLongerCountsForTheSize() {
    Kept old = file("a", 500, 40);
    assertThat(RETENTION.expired(List.of(old, file("b", 100, 2)), NOW)).containsExactly(old);
  }

  @Test
  void theLogOfARunInProgressStaysHoweverOldAndLargeItIs() {
    Kept running = ofRun(file("a", 500, 40));
    Kept other = file("b", 10, 2);
    assertThat(RETENTION.expired(List.of(running, other), NOW)).containsExactly(other);
  }

  @Test
  void aFileFromTheFutureIsTheYoungest() {
    Kept future = file("a", 90, -400);
    Kept past = file("b", 90, 1);
    assertThat(RETENTION.expired(List.of(future, past), NOW)).containsExactly(past);
  }
}
