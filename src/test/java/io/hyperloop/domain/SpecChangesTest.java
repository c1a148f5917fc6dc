package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.question;
import static io.hyperloop.domain.Reports.satisfied;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Specs that are edited, renamed and removed while work on them is under way. */
class SpecChangesTest {
  private static World working(String... specs) {
    World world = World.with(specs).cycle();
    return world.plan(task("x", specs[0]));
  }

  private static World merged(World world, int task) {
    return world.pass(task).pass(task).merge(task);
  }

  @Test
  void openTasksOfAnEditedSpecFinishOnTheirVersion() {
    World world = working("a");
    SpecRef version = world.task(1).specRef();
    world.write("a", "second").cycle();
    assertThat(world.works(1)).isTrue();
    merged(world, 1);
    assertThat(world.task(1).specRef()).isEqualTo(version);
    assertThat(world.status("a"))
        .as("the new text is not answered")
        .isEqualTo(SpecStatus.OUT_OF_SYNC);
    world.pm(satisfied("a"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void aRenamedSpecAsksNobodyAndItsWorkGoesOn() {
    World world = working("a").rename("a", "b").cycle();
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.works(1)).isTrue();
    assertThat(world.told(Event.SpecRenamed.class))
        .containsExactly(new Event.SpecRenamed("specs/a.md", "specs/b.md"));
    assertThat(world.status("b")).isEqualTo(SpecStatus.RECONCILING);
    merged(world, 1);
    assertThat(world.status("b")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void aSpecRenamedTwiceAndBackIsStillTheSame() {
    World world = merged(working("a"), 1).rename("a", "b").cycle().rename("b", "c").cycle();
    assertThat(world.status("c")).isEqualTo(SpecStatus.IN_SYNC);
    world.rename("c", "a").cycle();
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.pmRuns()).isFalse();
  }

  @Test
  void aNewSpecAtTheOldPathOfARenamedOneIsAnother() {
    World world = merged(working("a"), 1).rename("a", "b").cycle();
    world.write("a", "something else").cycle().plan(task("y", "a"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.RECONCILING);
    assertThat(world.status("b")).isEqualTo(SpecStatus.IN_SYNC);
    merged(world, 2);
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.status("b")).isEqualTo(SpecStatus.IN_SYNC);
    world.delete("a").write("c", "new").cycle();
    assertThat(world.status("b")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void removingANewSpecAtAnOldPathLeavesTheRenamedOnesTasksAlone() {
    World world = working("a").rename("a", "b").cycle().write("a", "something else").cycle();
    world.plan(task("y", "a")).delete("a").cycle();
    assertThat(world.task(2).is(Reason.Kind.SPEC_REMOVED)).isTrue();
    assertThat(world.works(1)).isTrue();
  }

  @Test
  void anEditAfterARenameIsAGapOfTheNewPath() {
    World world = merged(working("a"), 1).rename("a", "b").cycle().write("b", "second").cycle();
    assertThat(Objects.requireNonNull(world.state.intake().plan()).asked())
        .containsOnlyKeys("specs/b.md");
    world.plan(task("y", "b"));
    merged(world, 2);
    assertThat(world.status("b")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void aReplanAfterARenameReadsTheSpecWhereItIsNow() {
    World world = working("a").limits(l -> l.rounds(1)).rename("a", "b").cycle().fail(1, "no");
    Plan plan = Objects.requireNonNull(world.state.intake().plan());
    assertThat(plan.asked())
        .containsOnlyKeys("specs/b.md")
        .containsValue(new Plan.Asked(world.spec("b").blob(), world.commit("b")));
    assertThat(plan.failures()).containsExactly(World.id(1));
  }

  @Test
  void aRenameGivesASpecNoNewReplans() {
    World world = working("a").limits(l -> l.rounds(1).replans(1)).rename("a", "b").cycle();
    world.fail(1, "no");
    assertThat(world.status("b")).isEqualTo(SpecStatus.NEEDS_HUMAN);
  }

  @Test
  void answersMoveWithTheSpec() {
    World world = World.with("a").cycle().pm(question("a")).answerSpec("a", "the second");
    world.pm(question("a")).rename("a", "b").cycle();
    assertThat(world.state.intake().answersFor("specs/b.md")).containsExactly("the second");
    assertThat(world.state.intake().answersFor("specs/a.md")).isEmpty();
    assertThat(world.status("b")).isEqualTo(SpecStatus.NEEDS_HUMAN);
  }

  @Test
  void anAnswerAfterARenameKeepsTheTasksOfTheOldPath() {
    World world = working("a").rename("a", "b").cycle().write("b", "second").cycle();
    world.pm(question("b")).answerSpec("b", "yes");
    assertThat(world.works(1)).isTrue();
    world.pm(satisfied("b"));
    assertThat(world.works(1)).isTrue();
    assertThat(world.status("b")).isEqualTo(SpecStatus.RECONCILING);
  }

  @Test
  void aNewSpecRenamedWhileThePmThinksIsAskedAboutAnew() {
    World world = World.with("a").cycle().rename("a", "b").cycle();
    world.pm(new PmEnd.Silent(Breakage.ENDED_BY_US, ""));
    assertThat(Objects.requireNonNull(world.state.intake().plan()).asked())
        .containsOnlyKeys("specs/b.md");
    world.plan(task("x", "b"));
    assertThat(world.task(1).specRef().path()).isEqualTo("specs/b.md");
  }

  @Test
  void anEditedSpecRenamedWhileThePmThinksKeepsItsOpenTasks() {
    World world = working("a").write("a", "second").cycle().rename("a", "b").cycle();
    assertThat(world.works(1)).isTrue();
    assertThat(world.told(Event.SpecRemoved.class)).isEmpty();
    world.pm(new PmEnd.Silent(Breakage.ENDED_BY_US, ""));
    assertThat(Objects.requireNonNull(world.state.intake().plan()).asked())
        .containsOnlyKeys("specs/b.md");
    merged(world.pm(satisfied("b")), 1);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void anAnswerThatArrivesTogetherWithARenameIsTaken() {
    World world = World.with("a").cycle().rename("a", "b").plan(task("x", "a"));
    assertThat(world.task(1).open()).isTrue();
    assertThat(world.status("b")).isEqualTo(SpecStatus.RECONCILING);
    assertThat(world.pmRuns()).isFalse();
    merged(world, 1);
    assertThat(world.status("b")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void twoSpecsOfTheSameTextAreRenamedOneByOne() {
    World world = World.with("a", "b").cycle().pm(satisfied("a", "b"));
    world.rename("a", "c").rename("b", "d").cycle();
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.told(Event.SpecRenamed.class)).hasSize(2);
    assertThat(world.state.intake().handled()).containsOnlyKeys("specs/c.md", "specs/d.md");
  }

  @Test
  void aCopyThatStaysWhereItWasIsNoRename() {
    World world = World.with("a", "b").cycle().pm(satisfied("a", "b")).delete("a").cycle();
    assertThat(world.told(Event.SpecRenamed.class)).isEmpty();
    assertThat(world.told(Event.SpecRemoved.class)).hasSize(1);
  }

  @Test
  void aRemovedSpecEndsItsTasksAndWorkersAndAsksNobody() {
    World world = working("a", "b");
    JobKey.TaskStep worker = world.worker(1);
    world.delete("a").cycle();
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).reason()).isEqualTo(new Reason(Reason.Kind.SPEC_REMOVED, ""));
    assertThat(world.last().moves())
        .extracting(Move::key, Move::getClass)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(worker, Move.EndWorker.class));
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.state.intake().handled()).doesNotContainKey("specs/a.md");
  }

  @Test
  void completeTasksOfARemovedSpecStayComplete() {
    World world = merged(working("a"), 1).delete("a").cycle();
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void aSpecRemovedWhileThePmThinksIsForgotten() {
    World world = World.with("a").cycle().delete("a").cycle();
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.EndWorker.class);
    world.pm(new PmEnd.Answered(Reports.tasks(task("x", "a"))));
    assertThat(world.state.tasks().size()).isZero();
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void theResultOfAWorkerWhoseSpecWasRemovedChangesNothing() {
    World world = working("a", "b");
    JobKey.TaskStep worker = world.worker(1);
    world.delete("a").cycle();
    Task ended = world.task(1);
    world.lateEnd(worker, Reports.passed(new Delivery.Taken(World.ROOT, true)));
    assertThat(world.task(1)).isEqualTo(ended);
    assertThat(world.last().moves()).containsExactly(new Move.Release(worker));
  }

  @Test
  void aMergeThatWasUnderWayWhenTheSpecWasRemovedIsKnown() {
    World world = working("a", "b").pass(1).pass(1).delete("a").cycle();
    assertThat(world.merges(1)).isTrue();
    world.merge(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).merged()).isNotNull();
  }

  @Test
  void aSpecThatComesBackIsNew() {
    World world = working("a").delete("a").cycle();
    world.workers.clear();
    world.write("a", "first").cycle();
    assertThat(world.pmRuns()).isTrue();
    world.plan(task("y", "a"));
    merged(world, 2);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void anEarlierPathIsReadAsItWasWritten() {
    for (Former former :
        List.of(
            new Former("specs/a.md", null, 12),
            new Former("specs/a.md", World.ROOT, 1234),
            new Former("specs/a b@c before task-001.md", World.ROOT, 1),
            new Former("specs/line\nbreak.md", null, 3),
            new Former("specs/plain.md", null, Integer.MAX_VALUE))) {
      assertThat(Former.parse(former.toString())).isEqualTo(former);
    }
  }

  @Test
  void aSpecThatTurnsOutToBeARenamedOneIsNotPlannedASecondTime() {
    World world = working("a").write("b", "first").cycle();
    assertThat(world.pmRuns()).isTrue();
    world.rename("a", "c").cycle();
    assertThat(world.told(Event.SpecRenamed.class)).hasSize(1);
    assertThat(world.state.intake().plan())
        .as("of two that read the same one is the old spec, and one is new")
        .satisfiesAnyOf(
            plan -> assertThat(plan).isNull(),
            plan -> assertThat(plan.asked()).containsOnlyKeys("specs/c.md"));
    assertThat(world.state.intake().handled()).containsOnlyKeys("specs/b.md");
  }
}
