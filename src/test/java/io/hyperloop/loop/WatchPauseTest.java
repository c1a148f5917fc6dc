package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.port.Templates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchPauseTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final State FAILED = failed();

  private static final ProcessDefinition PROCESS =
      new ProcessDefinition(
          Pipeline.of(List.of(new Pipeline.Node.Agent("implementer", null))), Map.of(), Map.of());

  private final WatchPause pause = new WatchPause();

  @BeforeEach
  void begin() {
    pause.begin(snapshot("tip 1", "text", ""), NOON);
  }

  @Test
  void ourOwnCommitIsNoEdit() {
    assertThat(pause.lift(FAILED, snapshot("tip 2", "text", ""), NOON)).isEqualTo(FAILED);
  }

  @Test
  void anEditedSpecEndsIt() {
    assertThat(chances(pause.lift(FAILED, snapshot("tip 2", "other", ""), NOON))).isTrue();
  }

  @Test
  void anEditedTemplateEndsIt() {
    assertThat(chances(pause.lift(FAILED, snapshot("tip 2", "text", "w"), NOON))).isTrue();
  }

  @Test
  void aNewDayEndsIt() {
    Instant tomorrow = NOON.plus(Duration.ofDays(1));
    assertThat(chances(pause.lift(FAILED, snapshot("tip 1", "text", ""), tomorrow))).isTrue();
  }

  private static boolean chances(State state) {
    return state.intake().pmFailures() == 0;
  }

  private static Observer.Snapshot snapshot(String tip, String blob, String warning) {
    return new Observer.Snapshot(
        tip,
        Map.of("specs/a.md", new Spec("specs/a.md", blob, null)),
        new Templates.Playbook(
            Map.of(), PROCESS, warning.isEmpty() ? List.of() : List.of(warning)));
  }

  private static State failed() {
    var intake =
        new Intake(
            1,
            1,
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            null,
            5,
            null,
            null);
    return new State(State.EMPTY.tasks(), State.EMPTY.reviews(), intake);
  }
}
