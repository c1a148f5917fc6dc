package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OverviewTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Spec AUTH = new Spec("specs/auth.md", "a".repeat(40), "1".repeat(40));
  private static final Spec ODD = new Spec("specs/it's odd.md", "b".repeat(40), "2".repeat(40));
  private static final Pipeline GATED =
      Pipelines.of(
              Pipelines.loop(Pipelines.agent("implementer"), Pipelines.agent("verifier")),
              Pipelines.gate("review"),
              Pipelines.merge())
          .pipeline();

  @Test
  void withoutSpecsNothingIsWanted() {
    assertThat(Overview.of(State.EMPTY, Map.of(), Optional.empty(), false, NOW).headline())
        .isEqualTo("no specs yet: nothing is wanted");
  }

  @Test
  void aNewSpecIsOutOfSyncAndRunIsWhatToType() {
    Overview overview = look(State.EMPTY, false, AUTH);

    assertThat(overview.specs().getFirst().status()).isEqualTo(SpecStatus.OUT_OF_SYNC);
    assertThat(overview.specs().getFirst().why()).isEqualTo("new: the PM has not been asked yet");
    assertThat(overview.next()).containsExactly("hyperloop run");
    assertThat(overview.headline())
        .isEqualTo("stopped: work is left, and no orchestrator is running");
  }

  @Test
  void aTaskAtAnAgentTellsStepRoundAndAge() {
    Task task =
        Tasks.at("verifier", Tasks.open(1, AUTH))
            .edit()
            .round(1)
            .since(NOW.minusSeconds(134))
            .done();

    TaskView view = task(look(handled(task), true, AUTH), 1);

    assertThat(view.turn()).isEqualTo(TaskView.Turn.WORKING);
    assertThat(view.why()).isEqualTo("at verifier, round 1 since 2m14s");
    assertThat(view.remedy()).isEmpty();
  }

  @Test
  void withoutAnOrchestratorNobodyWorks() {
    Task task =
        Tasks.at("verifier", Tasks.open(1, AUTH))
            .edit()
            .reason(Reason.Kind.RETRYING, "ended by us")
            .done();

    TaskView view = task(look(handled(task), false, AUTH), 1);

    assertThat(view.turn()).isEqualTo(TaskView.Turn.QUEUED);
    assertThat(view.why()).endsWith(", stopped: ended by us");
  }

  @Test
  void aTaskAtAGateNeedsAnApproval() {
    Task task =
        Tasks.at("review", Tasks.open(1, AUTH))
            .edit()
            .reason(Reason.Kind.WAITING, "a person's approval at review")
            .done();

    Overview overview = look(handled(task), true, AUTH);

    assertThat(task(overview, 1).turn()).isEqualTo(TaskView.Turn.NEEDS_YOU);
    assertThat(overview.next()).containsExactly("hyperloop approve task-001");
    assertThat(overview.headline()).isEqualTo("waiting for you");
  }

  @Test
  void aMergeThatCannotGoOnIsNotApproved() {
    Task task =
        Tasks.at("merge-pr", Tasks.open(1, AUTH))
            .edit()
            .reason(Reason.Kind.WAITING, "your change in a.txt")
            .done();

    assertThat(task(look(handled(task), true, AUTH), 1).remedy()).isEmpty();
  }

  @Test
  void aQuestionIsShownWithTheCommandThatAnswersIt() {
    Task task =
        Tasks.at("implementer", Tasks.open(1, AUTH))
            .edit()
            .reason(Reason.Kind.QUESTION, "which database?")
            .done();

    Overview overview = look(handled(task), true, AUTH);

    assertThat(task(overview, 1).why()).isEqualTo("asks: which database?");
    assertThat(overview.specs().getFirst().why()).contains("which database?");
    assertThat(overview.next()).containsExactly("hyperloop answer task-001 \"...\"");
  }

  @Test
  void aTaskInBackOffTellsWhenItTriesAgain() {
    Task task =
        Tasks.at("implementer", Tasks.open(1, AUTH))
            .edit()
            .reason(Reason.Kind.RETRYING, "overloaded: 529")
            .notBefore(NOW.plusSeconds(40))
            .done();

    assertThat(task(look(handled(task), true, AUTH), 1).why())
        .contains("tries again in 40s after overloaded: 529");
  }

  @Test
  void aDependentNamesWhatItWaitsFor() {
    Overview overview =
        look(
            handled(Tasks.at("verifier", Tasks.open(1, AUTH)), Tasks.open(2, AUTH, 1)), true, AUTH);

    assertThat(task(overview, 2).turn()).isEqualTo(TaskView.Turn.WAITING);
    assertThat(task(overview, 2).why()).isEqualTo("waits for task-001");
  }

  @Test
  void aBlockedTaskNamesItsChain() {
    Overview overview =
        look(
            handled(
                Tasks.failed(Tasks.open(1, AUTH)),
                Tasks.open(2, AUTH, 1),
                Tasks.open(3, AUTH, 2),
                Tasks.open(4, AUTH, 9)),
            true,
            AUTH);

    assertThat(task(overview, 3).turn()).isEqualTo(TaskView.Turn.BLOCKED);
    assertThat(task(overview, 3).why())
        .isEqualTo("task-003 waits for task-002 waits for task-001, which failed");
    assertThat(task(overview, 4).why())
        .isEqualTo("task-004 waits for task-009, which does not exist");
  }

  @Test
  void aSpecInSyncTellsByWhat() {
    Overview overview = look(handled(Tasks.complete(Tasks.open(1, AUTH))), false, AUTH);

    assertThat(overview.converged()).isTrue();
    assertThat(overview.headline()).isEqualTo("converged: every spec is in sync");
    assertThat(overview.specs().getFirst().why()).isEqualTo("task-001 merged");
    assertThat(overview.next()).isEmpty();
  }

  @Test
  void anEditedSpecIsOutOfSyncAgain() {
    Spec edited = new Spec(AUTH.path(), "c".repeat(40), "3".repeat(40));

    Overview overview = look(handled(Tasks.complete(Tasks.open(1, AUTH))), false, edited);

    assertThat(overview.specs().getFirst().why())
        .isEqualTo("changed: the PM has not been asked yet");
  }

  @Test
  void aSpecThatWasDeferredOffersAnAnswerOrAcceptance() {
    State state = answered(ODD, Handled.Outcome.DEFERRED, "needs hardware");

    Overview overview = look(state, false, ODD);

    assertThat(overview.specs().getFirst().why()).isEqualTo("deferred: needs hardware");
    assertThat(overview.next())
        .containsExactly(
            "hyperloop answer 'specs/it'\\''s odd.md' \"...\"",
            "hyperloop accept 'specs/it'\\''s odd.md'");
  }

  @Test
  void aParkedTaskNeedsAPerson() {
    Overview overview = look(handled(Tasks.parked(Tasks.open(1, AUTH))), true, AUTH);

    assertThat(overview.specs().getFirst().status()).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(overview.specs().getFirst().why()).isEqualTo("task-001 set it up");
    assertThat(overview.next()).containsExactly("hyperloop describe task task-001");
  }

  @Test
  void completeWorkThatIsNotOnTheBaseIsNamed() {
    Task complete = Tasks.complete(Tasks.open(1, AUTH)).edit().merged(null).done();

    Overview overview = look(handled(complete), false, AUTH);

    assertThat(overview.converged()).isFalse();
    assertThat(overview.specs().getFirst().why())
        .isEqualTo("task-001 complete, but not on the base branch");
  }

  @Test
  void fiveThousandTasksInAChainAreNoTrouble() {
    Task[] tasks = new Task[5_000];
    tasks[0] = Tasks.failed(Tasks.open(1, AUTH));
    for (int i = 2; i <= 5_000; i++) {
      tasks[i - 1] = Tasks.open(i, AUTH, i - 1);
    }

    Overview overview = look(handled(tasks), true, AUTH);

    assertThat(overview.turns())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(TaskView.Turn.FAILED, 1, TaskView.Turn.BLOCKED, 4_999));
  }

  private static TaskView task(Overview overview, int number) {
    return overview.tasks().get(number - 1);
  }

  private static Overview look(State state, boolean running, Spec... specs) {
    var byPath = new TreeMap<String, Spec>();
    Arrays.stream(specs).forEach(spec -> byPath.put(spec.path(), spec));
    return Overview.of(state, byPath, Optional.of(GATED), running, NOW);
  }

  private static State handled(Task... tasks) {
    State state = answered(AUTH, Handled.Outcome.TASKS, "");
    return new State(TaskTable.of(List.of(tasks)), state.reviews(), state.intake());
  }

  private static State answered(Spec spec, Handled.Outcome outcome, String note) {
    var edit = new IntakeEdit(Intake.EMPTY);
    edit.handled.put(
        spec.path(), new Handled(spec.blob(), String.valueOf(spec.commit()), outcome, note));
    return new State(TaskTable.EMPTY, Reviews.EMPTY, edit.done());
  }
}
