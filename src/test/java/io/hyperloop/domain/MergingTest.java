package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.action;
import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Merges, and what comes between. */
class MergingTest {
  private static World merging() {
    return World.with("a").cycle().plan(task("x", "a")).pass(1).pass(1);
  }

  @Test
  void aMergedHeadIsRememberedWithItsCommit() {
    World world = merging();
    String head = world.task(1).head();
    world.mergeEnds(1, new MergeEnd.Merged(World.ROOT, String.valueOf(head)));
    assertThat(world.task(1).merged()).isEqualTo(World.ROOT);
    assertThat(world.task(1).head()).isEqualTo(head);
    assertThat(world.told(Event.TaskMerged.class)).hasSize(1);
  }

  @Test
  void aConflictIsARejectionAtOnce() {
    World world = merging().mergeEnds(1, RoundsTest.conflict());
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.task(1).round()).isEqualTo(1);
    assertThat(world.reviews(1).getFirst().body()).contains("src/a.c", World.ROOT);
  }

  @Test
  void aBaseThatMovedIsTriedAgainAtOnceAndCountsNothing() {
    World world = merging();
    for (int i = 0; i < 50; i++) {
      world.mergeEnds(1, new MergeEnd.Moved());
    }
    assertThat(world.merges(1)).isTrue();
    assertThat(world.task(1).actionAttempts()).isZero();
    assertThat(world.task(1).round()).isZero();
  }

  @Test
  void aMergeInTheWayOfAPersonsWorkWaitsAndNamesTheFiles() {
    World world = merging().mergeEnds(1, new MergeEnd.NotYet("src/a.c is not committed"));
    assertThat(world.standing())
        .isEqualTo(
            new Standing.Waiting(
                List.of("task-001: waiting: src/a.c is not committed"), world.now.plusSeconds(30)));
    assertThat(world.merges(1)).isFalse();
    world.later(Duration.ofSeconds(30));
    assertThat(world.merges(1)).isTrue();
    assertThat(world.merge(1).task(1).status()).isEqualTo(TaskStatus.COMPLETE);
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeAMergeWaitLonger() {
    World world = merging().mergeEnds(1, new MergeEnd.NotYet("src/a.c is not committed"));
    assertThat(world.later(Duration.ofHours(-3)).merges(1)).isTrue();
  }

  @Test
  void peopleAreToldOnceOfAMergeThatWaitsAlsoAcrossRestarts() {
    World world = merging();
    for (int i = 0; i < 5; i++) {
      world.mergeEnds(1, new MergeEnd.NotYet("src/a.c is not committed"));
      world.later(Duration.ofSeconds(30));
    }
    world.deferred.clear();
    world.merges.clear();
    world.cycle().mergeEnds(1, new MergeEnd.NotYet("src/a.c is not committed"));
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
    assertThat(world.task(1).actionAttempts()).isZero();
  }

  @Test
  void aMergeIsRetriedOnTheSecondItIsDue() {
    World world = merging();
    world.now = world.now.plusMillis(700);
    world.mergeEnds(1, new MergeEnd.NotYet("src/a.c is not committed"));
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Waiting.class,
            waiting -> world.now = java.util.Objects.requireNonNull(waiting.next()));
    assertThat(world.cycle().merges(1)).isTrue();
  }

  @Test
  void aHeadThatIsMergedIsNotMergedAgain() {
    World world =
        World.with("a")
            .pipeline(loop(agent("verifier")), action("merge-pr"), gate("look"), action("merge-2"))
            .cycle()
            .plan(task("x", "a"));
    String head = "e".repeat(40);
    world.end(1, Reports.passed(new Delivery.Taken(head, true)));
    world.merge(1).approve(1, "look", head);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.started.stream().filter(s -> s.startsWith("merge"))).hasSize(1);
  }

  @Test
  void afterAMergeARestartBeginsAtTheBaseTip() {
    World world =
        World.with("a")
            .pipeline(loop(agent("implementer"), action("merge-pr"), agent("verifier")), merge())
            .cycle()
            .plan(task("x", "a"))
            .pass(1)
            .merge(1);
    String head = world.task(1).head();
    world.fail(1, "it broke the build");
    assertThat(world.last().moves())
        .contains(new Move.StartWorker(world.worker(1), "implementer", head));
    world.pass(1);
    assertThat(world.task(1).merged()).as("a new head is not merged yet").isNull();
    assertThat(world.merges(1)).isTrue();
  }

  @Test
  void workThatNobodyWroteNeedsNoMerge() {
    World world =
        World.with("a").pipeline(agent("verifier"), merge()).cycle().plan(task("x", "a")).pass(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void workThatNobodyWroteIsInSyncWithoutAMergeToo() {
    World world = World.with("a").pipeline(agent("verifier")).cycle().plan(task("x", "a")).pass(1);
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void theSummaryOfTheLastWriterIsKeptForTheCommit() {
    World world = World.with("a").cycle().plan(task("x", "a"));
    var wrote =
        new WorkerEnd.Reported(
            new Report(Report.Verdict.PASS, "Add the table.\n", false),
            new Delivery.Taken("e".repeat(40), true));
    world.end(1, wrote).pass(1);
    assertThat(world.task(1).summary()).isEqualTo("Add the table.");
  }

  @Test
  void aMergeIsNotStartedWhileStopping() {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1);
    world.stopping = true;
    world.pass(1);
    assertThat(world.merges).isEmpty();
    assertThat(world.task(1).phase()).isEqualTo("merge-pr");
  }

  @Test
  void aMergeThatEndsForATaskThatMovedOnIsStillKnown() {
    World world = merging();
    world.process = Pipelines.of(agent("builder"), action("land"));
    world.cycle();
    assertThat(world.task(1).phase()).isEqualTo("builder");
    assertThat(world.workers).isEmpty();
    String head = world.task(1).head();
    world.merge(1);
    assertThat(world.task(1).merged()).isNotNull();
    assertThat(world.last().moves())
        .containsExactly(new Move.StartWorker(world.worker(1), "builder", head));
  }

  @Test
  void whatNobodyWroteForLeavesNoBranchToTidyUp() {
    World world = World.with("a").pipeline(agent("verifier"), merge()).cycle();
    world.plan(task("x", "a")).pass(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.Release.class);
  }
}
