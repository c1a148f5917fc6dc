package io.hyperloop.adapter.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.State;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Probe.Entry;
import io.hyperloop.terminal.Screen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:34:56Z");
  private static final Screen SCREEN = new Screen(true, true, false, 80);

  @Test
  void eventsScrollByAndTheViewStandsBelow() {
    var out = new ByteArrayOutputStream();
    try (var view = view(out)) {
      view.accept(entry(new Event.TaskCreated(new TaskId(1), "Add login", "specs/auth.md")));
      view.accept(
          entry(
              new Event.WorkerStarted(
                  new JobKey.TaskStep(new TaskId(1), "implementer", 0, 0), "implementer")));
    }

    List<String> shown = new Emulator(out.toString(UTF_8)).lines();
    assertThat(shown)
        .containsExactly(
            "12:34:56 task-001 created: Add login (specs/auth.md)",
            "12:34:56 task-001 implementer started, round 0",
            "task-001 0s        implementer r0   Add login  implementer started, round 0",
            "tasks: 1 working");
  }

  @Test
  void theTerminalIsNeverPutIntoAnotherMode() {
    var out = new ByteArrayOutputStream();
    try (var view = view(out)) {
      view.accept(entry(new Event.Warned("\u001b[?1049h hostile")));
    }

    assertThat(out.toString(UTF_8)).doesNotContain("\u001b[?").doesNotContain("\u001b7");
  }

  @Test
  void aThousandEventsAtOnceAreFewRedraws() {
    var out = new ByteArrayOutputStream();
    try (var view = view(out)) {
      for (int i = 0; i < 1_000; i++) {
        view.accept(entry(new Event.Warned("event " + i)));
      }
    }

    String text = out.toString(UTF_8);
    assertThat(text.split("no tasks yet", -1).length).isLessThan(50);
    assertThat(new Emulator(text).lines()).hasSize(1_001).last().isEqualTo("no tasks yet");
  }

  @Test
  void aTerminalThatIsGoneStopsNobody() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Input/output error");
          }
        };
    try (var view = view(gone)) {
      for (int i = 0; i < 10_000; i++) {
        view.accept(entry(new Event.Warned("event " + i)));
      }
      assertThat(view).isNotNull();
    }
  }

  private static LiveView view(OutputStream out) {
    return new LiveView(out, SCREEN, State.EMPTY, ZoneOffset.UTC, InstantSource.fixed(NOON));
  }

  private static Entry entry(Event event) {
    return new Entry(1, NOON, event);
  }
}
