package io.hyperloop.adapter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.State;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Probe.Entry;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private final Board board = Board.of(State.EMPTY);

  @Test
  void aWorkingTaskShowsItsAgeStepRoundTitleAndLastEvent() {
    working(1, "Add login");

    assertThat(frame(80, 20))
        .containsExactly(
            "task-001 2m14s     implementer r0   Add login  implementer started, round 0",
            "tasks: 1 working");
  }

  @Test
  void whoWaitsForAPersonStandsFirst() {
    working(1, "Add login");
    created(2, "Add logout");
    tell(new Event.HumanNeeded("task-002", "which?", "hyperloop answer task-002 \"...\""));

    assertThat(frame(60, 20).getFirst()).startsWith("task-002 needs you");
  }

  @Test
  void planningIsShownWhileItLasts() {
    tell(new Event.PlanningStarted(1, List.of("specs/a.md"), List.of()));
    assertThat(frame(80, 20).getFirst()).startsWith("pm       2m14s").contains("specs/a.md");

    tell(new Event.PlanningEnded(1, "answered"));
    assertThat(frame(80, 20)).containsExactly("no tasks yet");
  }

  @Test
  void tasksThatRestAreOnlyCounted() {
    for (int i = 1; i <= 5_000; i++) {
      created(i, "Task " + i);
    }
    tell(new Event.TaskCompleted(new TaskId(1)));
    tell(new Event.TaskFailed(new TaskId(2), "no way"));

    assertThat(frame(80, 20)).containsExactly("tasks: 4998 queued, 1 failed, 1 done");
  }

  @Test
  void moreActiveTasksThanRowsAreSummarised() {
    for (int i = 1; i <= 50; i++) {
      working(i, "Task " + i);
    }

    List<String> lines = frame(80, 10);

    assertThat(lines).hasSize(10).contains("... and 42 more");
    assertThat(lines.getLast()).isEqualTo("tasks: 50 working");
  }

  @Test
  void linesNeverReachTheLastColumnHoweverNarrow() {
    working(1, "漢字".repeat(50));
    tell(new Event.WorkerEnded(key(1), "implementer", "rejected", "漢字 \u001b[2J".repeat(50)));
    for (int columns = 10; columns < 120; columns++) {
      for (String line : frame(columns, 5)) {
        assertThat(Text.width(line)).isLessThan(columns);
        assertThat(line).doesNotContain("\u001b");
      }
    }
  }

  private List<String> frame(int columns, int rows) {
    return new Frame(Screen.PIPE, columns, rows).lines(board, NOON.plusSeconds(134));
  }

  private void created(int task, String title) {
    tell(new Event.TaskCreated(new TaskId(task), title, "specs/a.md"));
  }

  private void working(int task, String title) {
    created(task, title);
    tell(new Event.WorkerStarted(key(task), "implementer"));
  }

  private static JobKey.TaskStep key(int task) {
    return new JobKey.TaskStep(new TaskId(task), "implementer", 0, 0);
  }

  private void tell(Event event) {
    board.apply(new Entry(1, NOON, event));
  }
}
