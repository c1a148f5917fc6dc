package io.hyperloop.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where a spec stands. */
class SpecStatusTest {
  private static World handled(Task... tasks) {
    return handled(Handled.Outcome.TASKS, tasks);
  }

  private static World handled(Handled.Outcome outcome, Task... tasks) {
    World world = World.with("a").handled().given(tasks);
    var edit = new IntakeEdit(world.state.intake());
    edit.handled.replaceAll((path, h) -> h.with(outcome, ""));
    world.state = new State(world.state.tasks(), world.state.reviews(), edit.done());
    return world;
  }

  private static Task open(int number) {
    return Tasks.open(number, World.with("a").spec("a"));
  }

  private static Task because(Reason.Kind kind) {
    return Tasks.failed(open(2)).edit().reason(kind, "so").done();
  }

  @Test
  void anUnhandledSpecIsOutOfSync() {
    assertThat(World.with("a").status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
  }

  @Test
  void openTasksMakeItReconciling() {
    assertThat(handled(Tasks.complete(open(1)), open(2)).status("a"))
        .isEqualTo(SpecStatus.RECONCILING);
    assertThat(handled(Tasks.at("verifier", open(1))).status("a"))
        .isEqualTo(SpecStatus.RECONCILING);
  }

  @Test
  void allWorkOnTheBaseMakesItInSync() {
    assertThat(handled(Tasks.complete(open(1)), Tasks.complete(open(2))).status("a"))
        .isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void workThatIsNotOnTheBaseLeavesItOutOfSync() {
    Task unmerged = Tasks.complete(open(2)).edit().merged(null).done();
    assertThat(handled(Tasks.complete(open(1)), unmerged).status("a"))
        .isEqualTo(SpecStatus.OUT_OF_SYNC);
  }

  @ParameterizedTest
  @EnumSource(Handled.Outcome.class)
  void theAnswerDecidesWhereNoWorkIsOpen(Handled.Outcome outcome) {
    SpecStatus expected =
        switch (outcome) {
          case SATISFIED, ACCEPTED -> SpecStatus.IN_SYNC;
          case DEFERRED, QUESTION, UNANSWERED, REPLANS_SPENT -> SpecStatus.NEEDS_HUMAN;
          case TASKS -> SpecStatus.OUT_OF_SYNC;
        };
    assertThat(handled(outcome).status("a")).isEqualTo(expected);
  }

  @Test
  void whatAPersonMustAnswerShowsAlthoughOlderWorkIsOpen() {
    assertThat(handled(Handled.Outcome.QUESTION, open(1)).status("a"))
        .isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(handled(Handled.Outcome.SATISFIED, open(1)).status("a"))
        .isEqualTo(SpecStatus.RECONCILING);
  }

  @Test
  void aTaskThatAsksNeedsAHuman() {
    Task asking = Tasks.at("implementer", open(1)).edit().reason(Reason.Kind.QUESTION, "?").done();
    assertThat(handled(asking, open(2)).status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
  }

  @Test
  void aParkedTaskNeedsAHuman() {
    assertThat(handled(Tasks.complete(open(1)), Tasks.parked(open(2))).status("a"))
        .isEqualTo(SpecStatus.NEEDS_HUMAN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.Kind.class,
      names = {"NEEDS_HUMAN", "CANCELLED", "BUDGET"})
  void aFailureThatThePmIsNotToldOfNeedsAHuman(Reason.Kind kind) {
    assertThat(handled(Tasks.complete(open(1)), because(kind)).status("a"))
        .isEqualTo(SpecStatus.NEEDS_HUMAN);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.Kind.class,
      names = {"SPEC_REMOVED", "SUPERSEDED", "FAILED"})
  void removedSupersededAndReplannedTasksDoNotCount(Reason.Kind kind) {
    assertThat(handled(Tasks.complete(open(1)), because(kind)).status("a"))
        .isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void aFailureThatThePmHasNotAnsweredLeavesItOutOfSync() {
    World world = handled(Tasks.complete(open(1)), because(Reason.Kind.FAILED));
    var edit = new IntakeEdit(world.state.intake());
    edit.failed(World.id(2));
    Intake unheard = edit.done();
    edit.failures.clear();
    edit.plan = new Plan(7, Map.of(), List.of(World.id(2)), List.of());
    for (Intake intake : List.of(unheard, edit.done())) {
      world.state = new State(world.state.tasks(), world.state.reviews(), intake);
      assertThat(world.status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
    }
  }

  @Test
  void tasksOfAnOlderVersionDoNotMakeTheNewOneInSync() {
    World world = World.with("a");
    Task old = Tasks.complete(Tasks.open(1, world.spec("a")));
    world.write("a", "second").handled().given(old);
    assertThat(world.status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
  }

  @Test
  void anEditPutsItOutOfSync() {
    World world = handled(Tasks.complete(open(1))).write("a", "second");
    assertThat(world.status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
  }
}
