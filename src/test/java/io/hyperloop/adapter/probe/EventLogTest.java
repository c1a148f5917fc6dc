package io.hyperloop.adapter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Probe.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir Path temp;

  @Test
  void anEventIsALineOfJson() throws IOException {
    Path file = temp.resolve("new").resolve("events.jsonl");
    try (var log = new EventLog(file)) {
      log.accept(
          entry(
              new Event.WorkerEnded(
                  new JobKey.TaskStep(new TaskId(1), "verifier", 0, 1),
                  "verifier",
                  "rejected",
                  "no\ntest")));
      log.accept(
          entry(new Event.TaskBlocked(new TaskId(2), List.of(new TaskId(2), new TaskId(1)))));
    }

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"sequence\":7,\"at\":\"2026-11-22T12:34:56Z\",\"event\":\"worker-ended\","
                + "\"key\":\"task-001.verifier.0.1\",\"role\":\"verifier\",\"result\":\"rejected\","
                + "\"detail\":\"no\\ntest\"}",
            "{\"sequence\":7,\"at\":\"2026-11-22T12:34:56Z\",\"event\":\"task-blocked\","
                + "\"task\":\"task-002\",\"chain\":[\"task-002\",\"task-001\"]}");
  }

  @Test
  void aNextRunAddsToIt() throws IOException {
    Path file = temp.resolve("events.jsonl");
    for (int run = 0; run < 2; run++) {
      try (var log = new EventLog(file)) {
        log.accept(entry(new Event.Halted(true, List.of())));
      }
    }

    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void itNeverTakesMoreThanTwiceItsLimit() throws IOException {
    Path file = temp.resolve("events.jsonl");
    try (var log = new EventLog(file, 1_000)) {
      for (int i = 0; i < 100; i++) {
        log.accept(entry(new Event.Warned("event " + i)));
      }
    }

    assertThat(Files.size(file)).isBetween(1L, 1_000L);
    assertThat(Files.size(temp.resolve("events.jsonl.1"))).isBetween(1L, 1_000L);
    assertThat(Files.readString(file)).contains("event 99");
  }

  @Test
  void aPlaceThatCannotBeWrittenStopsNobody() throws IOException {
    Path file = Files.createDirectory(temp.resolve("events.jsonl"));
    try (var log = new EventLog(file)) {
      log.accept(entry(new Event.Warned("lost")));
    }

    assertThat(file).isDirectory();
  }

  @Test
  void aFolderThatVanishesIsMadeAgain() throws IOException {
    Path file = temp.resolve("state").resolve("events.jsonl");
    try (var log = new EventLog(file, 300)) {
      log.accept(entry(new Event.Warned("one")));
      Files.delete(file);
      Files.delete(file.getParent());
      for (int i = 0; i < 10; i++) {
        log.accept(entry(new Event.Warned("more")));
      }
    }

    assertThat(file).exists();
  }

  private static Entry entry(Event event) {
    return new Entry(7, Instant.parse("2026-11-22T12:34:56Z"), event);
  }
}
