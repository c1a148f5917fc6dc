package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Reports.satisfied;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a run halts, and when it does not. */
class StandingTest {
  private static final Standing CONVERGED = new Standing.Settled(true, List.of());

  @Test
  void withNothingWantedThereIsNothingToDo() {
    assertThat(World.with().cycle().standing()).isEqualTo(CONVERGED);
  }

  @Test
  void allMergedIsConverged() {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1).pass(1);
    assertThat(world.standing()).isInstanceOf(Standing.Busy.class);
    assertThat(world.merge(1).standing()).isEqualTo(CONVERGED);
  }

  @Test
  void aGapIsWork() {
    World world = World.with("a");
    world.stopping = true;
    assertThat(world.cycle().standing()).isInstanceOf(Standing.Busy.class);
  }

  @Test
  void backOffIsWorkDueAtItsEnd() {
    World world = World.with("a").cycle().plan(task("x", "a")).breaks(1, Breakage.CRASHED);
    assertThat(world.standing()).isEqualTo(new Standing.Busy(world.now.plusSeconds(1)));
  }

  @Test
  void oneInBackOffAndOneAtAGateIsWorkNotWaiting() {
    World world =
        World.with("a")
            .pipeline(agent("implementer"), gate("look"))
            .cycle()
            .plan(task("x", "a"), task("y", "a"));
    world.pass(1).breaks(2, Breakage.CRASHED);
    assertThat(world.standing()).isEqualTo(new Standing.Busy(world.now.plusSeconds(1)));
    world.later(Duration.ofSeconds(1)).pass(2);
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Waiting.class, waiting -> assertThat(waiting.forWhat()).hasSize(2));
  }

  @Test
  void aTaskThatWaitsForOneAtAGateIsNotSettled() {
    World world =
        World.with("a")
            .pipeline(agent("implementer"), gate("look"))
            .cycle()
            .plan(task("x", "a"), task("y", "a", "x"));
    assertThat(world.pass(1).standing()).isInstanceOf(Standing.Waiting.class);
  }

  @Test
  void whenAllIsTerminalOrBlockedTheRunHaltsAndSaysWhatIsBlocked() {
    World world = World.with("a", "b").limits(l -> l.rounds(1)).cycle();
    world.plan(task("x", "a"), task("y", "b", "x")).fail(1, "no").pm(satisfied("a"));
    assertThat(world.standing())
        .isEqualTo(
            new Standing.Settled(
                false,
                List.of(
                    "task-002 is blocked: task-002 waits for task-001",
                    "specs/b.md is reconciling")));
  }

  @Test
  void aParkedTaskHaltsTheRunAndIsNamed() {
    World world = World.with("a").cycle().plan(task("x", "a"));
    for (int i = 0; i < 3; i++) {
      world.breaks(1, Breakage.SETUP_FAILED).later(Duration.ofMinutes(1));
    }
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Settled.class,
            settled -> {
              assertThat(settled.converged()).isFalse();
              assertThat(settled.needsHuman())
                  .anyMatch(line -> line.startsWith("task-001: needs-human: "))
                  .allMatch(line -> line.indexOf('\n') < 0);
            });
  }

  @Test
  void aWorkerThatIsBeingEndedIsStillWork() {
    World world = World.with("a").cycle().plan(task("x", "a")).delete("a").cycle();
    assertThat(world.standing()).isInstanceOf(Standing.Busy.class);
    world.workers.clear();
    assertThat(world.cycle().standing()).isEqualTo(CONVERGED);
  }

  @Test
  void aSecondBetweenMergeRetriesIsWaitingWithATime() {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1).pass(1);
    world.mergeEnds(1, new MergeEnd.NotYet("a person's file"));
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Waiting.class,
            waiting -> assertThat(waiting.next()).isEqualTo(world.now.plusSeconds(30)));
  }

  @Test
  void aPmInBackOffIsWorkDueAtItsEndAlthoughAnotherTaskWaits() {
    World world =
        World.with("a")
            .pipeline(agent("implementer"), gate("look"))
            .cycle()
            .plan(task("x", "a"))
            .pass(1)
            .write("b", "new")
            .cycle()
            .pm(new PmEnd.Silent(Breakage.CRASHED, "boom"));
    assertThat(world.standing()).isEqualTo(new Standing.Busy(world.now.plusSeconds(1)));
  }

  @Test
  void aSpentBackOffOfThePmWakesNobody() {
    World world = World.with("a").cycle().pm(new PmEnd.Silent(Breakage.CRASHED, "boom"));
    world.delete("a").cycle();
    assertThat(world.standing()).isEqualTo(CONVERGED);
  }
}
