package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.replacing;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who gets a worker, and when. */
class SlotsTest {
  private static PmReport.Proposal[] independent(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(i -> task("t" + i, "a"))
        .toArray(PmReport.Proposal[]::new);
  }

  private static World planned(int workers, PmReport.Proposal... tasks) {
    return World.with("a").limits(l -> l.workers(workers)).cycle().plan(tasks);
  }

  @Test
  void tasksStartByNumberUpToMaxWorkers() {
    World world = planned(2, independent(3));
    assertThat(world.started)
        .containsExactly("pm.1", "task-001.implementer.0.0", "task-002.implementer.0.0");
    assertThat(world.task(3).status()).isEqualTo(TaskStatus.NOT_STARTED);
    assertThat(world.standing()).isInstanceOf(Standing.Busy.class);
  }

  @Test
  void aTaskInProgressGoesBeforeOneThatHasNotStarted() {
    World world = planned(1, independent(2)).pass(1);
    assertThat(world.worker(1).phase()).isEqualTo("verifier");
    assertThat(world.works(2)).isFalse();
  }

  @Test
  void aSlotThatAMergeSetsFreeIsTakenAtOnce() {
    World world = planned(1, independent(2)).pass(1).pass(1);
    assertThat(world.merges(1)).isTrue();
    assertThat(world.works(2)).isTrue();
  }

  @Test
  void aTaskInBackOffLendsItsSlot() {
    World world = planned(1, independent(2)).breaks(1, Breakage.CRASHED);
    assertThat(world.works(2)).isTrue();
    world.later(Duration.ofMinutes(1));
    assertThat(world.works(1)).isFalse();
    world.pass(2);
    assertThat(world.works(1)).as("by number").isTrue();
  }

  @Test
  void withFewerSlotsThanWorkersNobodyIsStarted() {
    World world = planned(4, independent(6));
    world.limits(l -> l.workers(2)).pass(1);
    assertThat(world.workers).hasSize(3);
    world.pass(2);
    assertThat(world.workers).hasSize(2);
  }

  @Test
  void aTaskStartsOnceAllItsDepsAreComplete() {
    World world =
        planned(6, task("x", "a"), task("y", "a"), task("z", "a", "x", "y")).pass(1).pass(1);
    world.merge(1);
    assertThat(world.works(3)).isFalse();
    world.pass(2).pass(2).merge(2);
    assertThat(world.works(3)).isTrue();
  }

  @Test
  void withoutAnAgentAtTheFrontAllReadyTasksEnterThePipelineWhateverTheSlots() {
    World world =
        World.with("a").limits(l -> l.workers(1)).pipeline(gate("go"), agent("implementer"));
    world.cycle().plan(independent(3));
    assertThat(world.state.tasks()).allMatch(t -> "go".equals(t.phase()));
    world.approve(2, "go", null).approve(3, "go", null);
    assertThat(world.works(2)).isTrue();
    assertThat(world.works(3)).isFalse();
  }

  @Test
  void tasksThatNeedNoAgentCompleteTogetherWhateverTheOrderOfTheirNumbers() {
    World world = World.with("a").limits(l -> l.rounds(1)).cycle();
    world.plan(task("x", "a"), task("y", "a", "x")).fail(1, "no");
    world.process = Pipelines.of(merge());
    world.plan(replacing("task-001", task("x2", "a")));
    assertThat(world.task(3).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.task(2).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.status("a")).isEqualTo(SpecStatus.IN_SYNC);
  }

  @Test
  void aTaskHasOneJobAtATime() {
    World world = planned(6, independent(1)).pass(1);
    JobKey.TaskStep old = world.worker(1);
    world.process = Pipelines.of(agent("builder"), merge());
    world.cycle();
    assertThat(world.workers).containsExactly(old);
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.EndWorker.class);
    world.lateEnd(old, Reports.passed(new Delivery.ReadOnly()));
    assertThat(world.worker(1).phase()).isEqualTo("builder");
  }

  @Test
  void whileStoppingNothingStarts() {
    World world = planned(1, independent(2));
    world.stopping = true;
    world.pass(1);
    assertThat(world.workers).isEmpty();
    assertThat(world.task(1).phase()).as("but what ended is taken").isEqualTo("verifier");
  }
}
