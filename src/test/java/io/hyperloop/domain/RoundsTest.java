package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.action;
import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A task's way through the pipeline, round by round. */
class RoundsTest {
  private static World planned(Pipeline.Node... pipeline) {
    World world = World.with("a");
    if (pipeline.length > 0) {
      world.pipeline(pipeline);
    }
    return world.cycle().plan(task("x", "a"));
  }

  @Test
  void aPassGoesToTheNextStepAtOnce() {
    World world = planned().pass(1);
    assertThat(world.task(1).phase()).isEqualTo("verifier");
    assertThat(world.worker(1).name()).isEqualTo("task-001.verifier.0.0");
  }

  @Test
  void theLastPassCompletesTheTask() {
    World world = planned().pass(1).pass(1).merge(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.task(1).phase()).isNull();
    assertThat(world.task(1).merged()).isNotNull();
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.CleanUp.class);
  }

  @Test
  void aFailedVerifierRestartsTheLoop() {
    World world = planned().pass(1).fail(1, "tests are missing");
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.task(1).round()).isEqualTo(1);
    assertThat(world.worker(1).name()).isEqualTo("task-001.implementer.1.0");
  }

  @Test
  void aFailedRoundLeavesAReviewWithTheFindingsInFull() {
    World world = planned().pass(1).fail(1, "tests are missing\nand so are docs");
    assertThat(world.reviews(1))
        .containsExactly(
            new Review(
                World.id(1), 0, 1, "verifier", "fail", "tests are missing\nand so are docs"));
  }

  @Test
  void aFailureInAnInnerLoopRestartsOnlyThatLoop() {
    World world =
        planned(
            loop(agent("designer"), loop(agent("implementer"), agent("verifier")), agent("tester")),
            merge());
    world.pass(1).pass(1).fail(1, "no");
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    world.pass(1).pass(1).fail(1, "no");
    assertThat(world.task(1).phase()).isEqualTo("designer");
    assertThat(world.task(1).round()).isEqualTo(2);
  }

  @Test
  void anAgentsFailureOutsideAnyLoopFailsTheTask() {
    World world = planned(agent("implementer"), merge()).fail(1, "cannot");
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.reviews(1)).hasSize(1);
  }

  @Test
  void aRejectedMergeAfterALoopGoesBackToThatLoop() {
    World world =
        planned(loop(agent("scout")), loop(agent("implementer"), agent("verifier")), merge());
    world.pass(1).pass(1).pass(1).mergeEnds(1, conflict());
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.task(1).round()).isEqualTo(1);
  }

  @Test
  void aRejectedMergeInsideALoopGoesBackToThatLoop() {
    World world = planned(loop(agent("implementer")), loop(agent("polisher"), action("merge-pr")));
    world.pass(1).pass(1).mergeEnds(1, conflict());
    assertThat(world.task(1).phase()).isEqualTo("polisher");
  }

  @Test
  void aRejectedMergeWithoutAnyLoopGoesBackToTheStartOfThePipeline() {
    World world = planned(agent("implementer"), gate("look"), merge());
    world.pass(1).approve(1, "look", world.task(1).head()).mergeEnds(1, conflict());
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.task(1).round()).isEqualTo(1);
  }

  @Test
  void withThreeRoundsTheThirdFailureFailsTheTaskWhoseRoundThenReadsThree() {
    World world = planned().limits(l -> l.rounds(3));
    for (int round = 0; round < 3; round++) {
      assertThat(world.task(1).round()).isEqualTo(round);
      world.pass(1).fail(1, "no " + round);
    }
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).round()).isEqualTo(3);
    assertThat(world.task(1).phase()).isEqualTo("verifier");
    assertThat(world.reviews(1)).extracting(Review::round).containsExactly(0, 1, 2);
  }

  @Test
  void anActionsFailuresCountAsRoundsToo() {
    World world = planned().limits(l -> l.rounds(2));
    world.pass(1).pass(1).mergeEnds(1, conflict());
    world.pass(1).pass(1).mergeEnds(1, conflict());
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
  }

  @Test
  void aStepIsEnteredBeforeItActs() {
    World world = planned().pass(1);
    List<Event> events = world.last().events();
    assertThat(events)
        .containsSubsequence(
            new Event.StepEntered(World.id(1), "verifier", 0),
            new Event.WorkerStarted(world.worker(1), "verifier"));
  }

  @Test
  void aPipelineWithoutAMergeCompletesTasksButLeavesTheSpecOutOfSync() {
    World world = planned(loop(agent("implementer"), agent("verifier"))).pass(1).pass(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.task(1).merged()).isNull();
    assertThat(world.status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
    assertThat(world.standing()).isInstanceOf(Standing.Settled.class);
  }

  @Test
  void aPipelineWithoutAMergeIsInSyncOnceSomebodyMergedTheWork() {
    World world = planned(loop(agent("implementer"), agent("verifier"))).pass(1).pass(1);
    world.landed.add(java.util.Objects.requireNonNull(world.task(1).head()));
    world.cycle();
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  static MergeEnd conflict() {
    return new MergeEnd.Conflict(List.of("src/a.c"), World.ROOT);
  }
}
