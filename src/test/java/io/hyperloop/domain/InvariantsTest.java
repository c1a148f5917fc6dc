package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** Each thing that must never happen is noticed. */
class InvariantsTest {
  private static final Spec SPEC = new Spec("specs/a.md", World.ROOT, World.ROOT);
  private static final Task OPEN = Tasks.open(1, SPEC);

  private static State state(Task... tasks) {
    var intake = new IntakeEdit(Intake.EMPTY);
    intake.nextTask = 100;
    intake.generation = 5;
    return new State(TaskTable.of(List.of(tasks)), Reviews.EMPTY, intake.done());
  }

  private static ListAssert<String> violated(State before, State after) {
    return assertThat(Invariants.violated(before, after, Limits.DEFAULT));
  }

  private static ListAssert<String> violated(Task before, Task after) {
    return violated(state(before), state(after));
  }

  @Test
  void nothingChangedIsFine() {
    violated(state(OPEN), state(Tasks.open(1, SPEC))).isEmpty();
  }

  @Test
  void aTaskThatVanishes() {
    violated(state(OPEN), state()).containsExactly("tasks vanished");
  }

  @Test
  void aTaskInPlaceOfAnother() {
    violated(state(OPEN), state(Tasks.open(2, SPEC))).isNotEmpty();
  }

  @Test
  void aNumberThatIsTakenBack() {
    violated(state(OPEN), new State(state(OPEN).tasks(), Reviews.EMPTY, Intake.EMPTY))
        .containsExactly("a number was taken back");
  }

  @Test
  void aReviewThatVanishes() {
    var review = new Review(World.id(1), 0, 1, "verifier", "fail", "no");
    State with = new State(state(OPEN).tasks(), Reviews.of(List.of(review)), state(OPEN).intake());
    violated(with, state(OPEN)).containsExactly("reviews vanished");
    violated(state(OPEN), with).isEmpty();
  }

  @Test
  void aReviewThatChanges() {
    State before = state(OPEN);
    var one = new Review(World.id(1), 0, 1, "verifier", "fail", "no");
    var other = new Review(World.id(1), 0, 1, "verifier", "fail", "well");
    violated(
            new State(before.tasks(), Reviews.of(List.of(one)), before.intake()),
            new State(before.tasks(), Reviews.of(List.of(other)), before.intake()))
        .containsExactly("reviews vanished");
  }

  @Test
  void aNewTaskOutOfTurn() {
    violated(state(), state(Tasks.open(5, SPEC))).hasSize(1);
  }

  @Test
  void aCycle() {
    Task two = Tasks.open(2, SPEC, 1);
    violated(state(OPEN, two), state(OPEN.edit().deps(List.of(World.id(2))).done(), two))
        .singleElement()
        .asString()
        .contains("wait for each other");
  }

  @Test
  void aTaskInProgressWithoutAStep() {
    violated(OPEN, OPEN.edit().status(TaskStatus.IN_PROGRESS).done()).hasSize(1);
    violated(Tasks.at("x", OPEN), Tasks.at("x", OPEN).edit().status(TaskStatus.COMPLETE).done())
        .hasSize(1);
  }

  @Test
  void aTaskThatFailedWithoutAReason() {
    violated(OPEN, OPEN.edit().status(TaskStatus.FAILED).done()).hasSize(1);
  }

  @Test
  void aTaskThatComesBackFromTheDead() {
    violated(Tasks.complete(OPEN), Tasks.at("x", OPEN)).isNotEmpty();
    violated(Tasks.failed(OPEN), Tasks.complete(OPEN)).isNotEmpty();
  }

  @Test
  void aRoundThatJumpsOrGoesBack() {
    Task at = Tasks.at("x", OPEN).edit().round(3).done();
    violated(at, at.edit().round(4).done()).isEmpty();
    violated(at, at.edit().round(5).done()).hasSize(1);
    violated(at, at.edit().round(2).done()).hasSize(1);
  }

  @Test
  void aRoundPastItsMaximum() {
    Task last = Tasks.at("x", OPEN).edit().round(49).done();
    violated(last, last.edit().round(50).done()).hasSize(1);
    violated(last, Tasks.failed(last).edit().round(50).done()).isEmpty();
  }

  @Test
  void attemptsPastTheirMaximum() {
    Task at = Tasks.at("x", OPEN);
    violated(at, at.edit().attempts(2).done()).isEmpty();
    violated(at, at.edit().attempts(3).done()).hasSize(1);
    violated(at, at.edit().actionAttempts(3).done()).hasSize(1);
  }

  @Test
  void loweredLimitsAreNoFault() {
    Task at = Tasks.at("x", OPEN).edit().round(80).attempts(9).done();
    violated(at, at.edit().head(World.ROOT).done()).isEmpty();
  }

  @Test
  void aStartBeforeItsDepsAreComplete() {
    Task two = Tasks.open(2, SPEC, 1);
    violated(state(OPEN, two), state(OPEN, Tasks.at("x", two)))
        .containsExactly("task-002 started before task-001 was complete");
    violated(state(Tasks.complete(OPEN), two), state(Tasks.complete(OPEN), Tasks.at("x", two)))
        .isEmpty();
  }

  @Test
  void aMergeThatIsForgotten() {
    Task merged = Tasks.at("x", OPEN).edit().head(World.ROOT).merged(World.ROOT).done();
    violated(merged, merged.edit().merged(null).done()).hasSize(1);
    violated(merged, merged.edit().head("b".repeat(40)).merged(null).done()).isEmpty();
  }

  @Test
  void anotherTitleVersionOrBranch() {
    Task other =
        Task.create(World.id(1), "Another", OPEN.specRef(), OPEN.deps(), OPEN.description());
    violated(OPEN, other).containsExactly("task-001 became another task");
  }
}
