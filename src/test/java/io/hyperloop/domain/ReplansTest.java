package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.question;
import static io.hyperloop.domain.Reports.replacing;
import static io.hyperloop.domain.Reports.satisfied;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What failed tasks make of their specs. */
class ReplansTest {
  private static World planned(PmReport.Proposal... tasks) {
    return World.with("a", "b").limits(l -> l.rounds(1)).cycle().plan(tasks);
  }

  private static World failing(World world, int task) {
    return world.fail(task, "no way");
  }

  private static Plan plan(World world) {
    return Objects.requireNonNull(world.state.intake().plan());
  }

  @Test
  void aFailedTaskIsHandedToThePm() {
    World world = failing(planned(task("x", "a"), task("y", "b")), 1);
    assertThat(plan(world).failures()).containsExactly(World.id(1));
    assertThat(plan(world).asked()).containsOnlyKeys("specs/a.md");
    assertThat(world.state.intake().failures()).isEmpty();
    assertThat(world.status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
  }

  @Test
  void aReplanThatSucceedsBringsTheSpecIntoSync() {
    World world = failing(planned(task("x", "a"), task("y", "b")), 1).plan(task("x2", "a"));
    world.pass(3).pass(3).merge(3);
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void aFailureThatThePmFindsHarmlessLeavesTheSpecInSync() {
    World world = failing(planned(task("x", "a"), task("y", "b")), 1).pm(satisfied("a"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void threeGenerationsOfTasksPerVersionTheFirstIncludedThenAHuman() {
    World world = planned(task("x", "a"), task("y", "b"));
    failing(world, 1).plan(task("x2", "a"));
    failing(world, 3).plan(task("x3", "a"));
    failing(world, 4);
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
    world.later(Duration.ofDays(1));
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
  }

  @Test
  void theGenerationsOfEarlierVersionsAreForgotten() {
    World world = World.with("a").cycle();
    for (int version = 1; version < 9; version++) {
      world.plan(task("x", "a")).pass(version).pass(version).merge(version);
      world.write("a", "version " + version).cycle();
    }
    world.plan(task("x", "a"));
    assertThat(world.state.intake().replans())
        .containsOnlyKeys("specs/a.md@" + world.commit("a"))
        .containsValue(1);
  }

  private static World spent() {
    World world = planned(task("x", "a"), task("y", "b")).limits(l -> l.replans(1));
    return failing(world, 1).pass(2).pass(2).merge(2);
  }

  @Test
  void aSpecWithSpentReplansHaltsTheRunWithANeedForAHuman() {
    assertThat(spent().standing())
        .isEqualTo(
            new Standing.Settled(
                false,
                List.of(
                    "specs/a.md is needs-human (replans-spent: 1 generations of tasks failed)")));
  }

  @Test
  void anAnswerGivesASpecWithSpentReplansNewOnesAndTheFailureGoesWithIt() {
    World world = spent().answerSpec("a", "try it the other way");
    assertThat(plan(world).asked()).containsOnlyKeys("specs/a.md");
    assertThat(plan(world).failures()).containsExactly(World.id(1));
    failing(world.plan(task("x2", "a")), 3);
    assertThat(world.status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
  }

  @Test
  void anEditGivesASpecWithSpentReplansNewOnes() {
    World world = spent().write("a", "simpler").cycle();
    assertThat(plan(world).failures()).containsExactly(World.id(1));
    world.plan(task("x2", "a")).pass(3).pass(3).merge(3);
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void acceptingASpecWithSpentReplansEndsTheMatter() {
    World world = spent().accept("a");
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
    assertThat(world.state.intake().failures()).isEmpty();
  }

  @Test
  void aFailureOfAnAcceptedSpecDoesNotWakeThePm() {
    World world = failing(planned(task("x", "a"), task("y", "b")).accept("a"), 1);
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void aFailureOfASpecThatWaitsForAPersonWaitsToo() {
    World world = planned(task("x", "a"), task("y", "b")).write("a", "second").cycle();
    world.pm(question("a"));
    failing(world, 1);
    assertThat(world.pmRuns()).isFalse();
    world.pass(2).pass(2).merge(2);
    assertThat(world.standing()).isInstanceOf(Standing.Settled.class);
    world.answerSpec("a", "yes");
    assertThat(plan(world).failures()).containsExactly(World.id(1));
  }

  @Test
  void aFailureWhoseSpecWasEditedMeanwhileGoesWithTheEdit() {
    World world = planned(task("x", "a"), task("y", "b")).write("a", "second");
    failing(world, 1);
    assertThat(plan(world).asked()).containsOnlyKeys("specs/a.md");
    assertThat(plan(world).asked().get("specs/a.md"))
        .isEqualTo(new Plan.Asked(world.spec("a").blob(), world.commit("a")));
    assertThat(plan(world).failures()).containsExactly(World.id(1));
  }

  @Test
  void aFailedIntakeKeepsTheFailuresThatWentWithIt() {
    World world = failing(planned(task("x", "a"), task("y", "b")), 1);
    world.pm(new PmEnd.Silent(Breakage.CRASHED, "boom"));
    assertThat(world.state.intake().failures()).containsExactly(World.id(1));
    world.later(Duration.ofMinutes(1));
    assertThat(plan(world).failures()).containsExactly(World.id(1));
  }

  @Test
  void aRefusedMergeFailsTheTaskAndTheGapReturnsToIntake() {
    World world = planned(task("x", "a"), task("y", "b")).pass(1).pass(1);
    world.mergeEnds(1, new MergeEnd.Refused("closed by a person"));
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(plan(world).failures()).containsExactly(World.id(1));
  }

  @Test
  void tasksThatWaitForAReplacedOneWaitForItsReplacement() {
    World world = planned(task("x", "a"), task("y", "b", "x"));
    failing(world, 1).plan(replacing("task-001", task("x2", "a")));
    assertThat(world.task(2).deps()).containsExactly(World.id(3));
    world.pass(3).pass(3).merge(3);
    assertThat(world.works(2)).isTrue();
    world.pass(2).pass(2).merge(2);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void tasksThatWaitForAReplacedOneWaitForAllItsReplacements() {
    World world = planned(task("x", "a"), task("y", "b", "x"));
    failing(world, 1)
        .plan(replacing("task-001", task("x2", "a")), replacing("task-001", task("x3", "a", "x2")));
    assertThat(world.task(2).deps()).containsExactly(World.id(3), World.id(4));
  }

  @Test
  void aReplacedTaskThatHasNotStartedEndsAndCountsNoMore() {
    World world = planned(task("x", "a"), task("y", "a", "x"), task("z", "b", "y"));
    failing(world, 1).plan(replacing("task-001", replacing("task-002", task("all", "a"))));
    assertThat(world.task(2).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(2).is(Reason.Kind.SUPERSEDED)).isTrue();
    assertThat(world.task(3).deps()).containsExactly(World.id(4));
    world.pass(4).pass(4).merge(4).pass(3).pass(3).merge(3);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void aReplacedTaskUnderWayFinishesOnItsVersion() {
    World world = planned(task("x", "a"), task("y", "b", "x")).write("a", "second").cycle();
    world.plan(replacing("task-001", task("x2", "a")));
    assertThat(world.works(1)).isTrue();
    assertThat(world.task(2).deps()).containsExactly(World.id(3));
  }

  @Test
  void aReplacedTaskThatWasParkedNeedsNobodyAnyMore() {
    World world = planned(task("x", "a"), task("y", "b"));
    for (int i = 0; i < 3; i++) {
      world.breaks(1, Breakage.SETUP_FAILED).later(Duration.ofMinutes(1));
    }
    world.write("a", "second").cycle().plan(replacing("task-001", task("x2", "a")));
    assertThat(world.task(1).is(Reason.Kind.SUPERSEDED)).isTrue();
  }

  @Test
  void aTaskBlockedByARemovedOneIsHandedToThePm() {
    World world = planned(task("x", "a"), task("y", "b", "x"));
    JobKey.TaskStep unwanted = world.worker(1);
    world.delete("a").cycle();
    world.lateEnd(unwanted, Reports.passed(new Delivery.ReadOnly()));
    assertThat(world.task(1).is(Reason.Kind.SPEC_REMOVED)).isTrue();
    assertThat(plan(world).asked()).containsOnlyKeys("specs/b.md");
    assertThat(plan(world).failures()).containsExactly(World.id(2));
    world.plan(replacing("task-002", task("y2", "b")));
    assertThat(world.works(3)).isTrue();
    world.pass(3).pass(3).merge(3);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void aStragglersFailureIsHandedOverAlthoughNewerTasksAreDone() {
    World world = planned(task("x", "a"), task("y", "b")).write("a", "second").cycle();
    world.plan(task("x2", "a")).pass(3).pass(3).merge(3);
    failing(world, 1);
    assertThat(plan(world).asked()).containsOnlyKeys("specs/a.md");
    assertThat(plan(world).failures()).containsExactly(World.id(1));
  }
}
