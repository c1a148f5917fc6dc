package io.hyperloop.adapter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {
  private static final TaskId TASK = new TaskId(1);
  private static final JobKey KEY = new JobKey.TaskStep(TASK, "verifier", 2, 0);

  @Test
  void aWorkersStartNamesRoleAndRound() {
    EventText words = EventText.of(new Event.WorkerStarted(KEY, "verifier"));

    assertThat(words.subject()).isEqualTo("task-001");
    assertThat(words.text()).isEqualTo("verifier started, round 2");
  }

  @Test
  void aFailedRoundTellsWhoFoundWhat() {
    assertThat(EventText.of(new Event.RoundFailed(TASK, 0, "verifier", "no test\nat all")).text())
        .isEqualTo("round 0 failed by verifier: no test at all");
  }

  @Test
  void aFindingIsToldOnceByTheRoundThatItFails() {
    assertThat(EventText.of(new Event.WorkerEnded(KEY, "verifier", "rejected", "no test")).text())
        .isEqualTo("verifier rejected");
    assertThat(EventText.of(new Event.WorkerEnded(KEY, "verifier", "passed", "all done")).text())
        .isEqualTo("verifier passed: all done");
  }

  @Test
  void aBlockedTaskTellsItsChain() {
    assertThat(
            EventText.of(
                    new Event.TaskBlocked(
                        new TaskId(3), List.of(new TaskId(3), new TaskId(2), TASK)))
                .text())
        .isEqualTo("blocked: task-003 waits for task-002 waits for task-001");
  }

  @Test
  void planningNamesSpecsAndFailures() {
    assertThat(
            EventText.of(new Event.PlanningStarted(1, List.of("specs/a.md"), List.of(TASK))).text())
        .isEqualTo("planning started: specs/a.md, after the failure of task-001");
  }

  @Test
  void aHostileFindingCannotMoveTheCursor() {
    EventText words = EventText.of(new Event.RoundFailed(TASK, 0, "\u001b]0;x\u0007", "\u001b[2J"));

    assertThat(words.text()).doesNotContain("\u001b").doesNotContain("\u0007");
  }

  @Test
  void aMegabyteOfFindingBecomesOneShortLine() {
    assertThat(EventText.of(new Event.Warned("x\n".repeat(1 << 20))).text().length())
        .isLessThan(500);
  }

  @Test
  void whoNeedsWhatAndWhatToType() {
    EventText words =
        EventText.of(
            new Event.HumanNeeded("specs/a.md", "question: which?", "hyperloop answer ..."));

    assertThat(words.subject()).isEqualTo("specs/a.md");
    assertThat(words.text()).isEqualTo("needs you: question: which?; hyperloop answer ...");
  }
}
