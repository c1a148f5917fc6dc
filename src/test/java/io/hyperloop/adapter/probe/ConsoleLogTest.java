package io.hyperloop.adapter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Probe.Entry;
import io.hyperloop.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:34:56Z");
  private static final ZoneId UTC = ZoneOffset.UTC;

  @Test
  void anEventIsOneLineWithAStablePrefix() {
    var out = new ByteArrayOutputStream();
    try (var log = new ConsoleLog(out, Screen.PIPE, UTC, _ -> {})) {
      log.accept(
          entry(
              new Event.WorkerStarted(
                  new JobKey.TaskStep(new TaskId(1), "verifier", 0, 0), "verifier")));
      log.accept(entry(new Event.PlanningEnded(1, "answered")));
    }

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            12:34:56 task-001 verifier started, round 0
            12:34:56 pm       planning ended: answered
            """);
  }

  @Test
  void aClosedPipeStopsNobody() {
    var tried = new AtomicInteger();
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            tried.incrementAndGet();
            throw new IOException("Broken pipe");
          }
        };

    try (var log = new ConsoleLog(closed, Screen.PIPE, UTC, _ -> {})) {
      for (int i = 0; i < 20_000; i++) {
        log.accept(entry(new Event.Warned("event " + i)));
      }
    }

    assertThat(tried).hasValue(1);
  }

  @Test
  void aSpecsPathIsReadableInFull() {
    var out = new ByteArrayOutputStream();
    try (var log = new ConsoleLog(out, Screen.PIPE, UTC, _ -> {})) {
      log.accept(entry(new Event.SpecRemoved("specs/a/long name.md")));
    }

    assertThat(out.toString(UTF_8)).isEqualTo("12:34:56 specs/a/long name.md removed\n");
  }

  @Test
  void aReaderWhoStopsReadingDelaysNobody() throws IOException {
    try (var in = new PipedInputStream(64);
        var full = new PipedOutputStream(in)) {
      var log = new ConsoleLog(full, Screen.PIPE, UTC, _ -> {});
      for (int i = 0; i < 20_000; i++) {
        log.accept(entry(new Event.Warned("event " + i)));
      }
      log.close();

      assertThat(in.available()).isEqualTo(64);
    }
  }

  private static Entry entry(Event event) {
    return new Entry(1, NOON, event);
  }
}
