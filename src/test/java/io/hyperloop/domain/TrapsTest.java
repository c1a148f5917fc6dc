package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps that others fell into, one test each, as far as they are the domain's. */
class TrapsTest {
  private static final Pipeline.Node[] GATED = {
    loop(agent("implementer"), agent("verifier")), gate("look"), merge()
  };

  private static PmReport.Proposal[] independent(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(i -> task("t" + i, "a"))
        .toArray(PmReport.Proposal[]::new);
  }

  @Test
  void tasksWaitingAtAGateDoNotFillTheWorkerSlots() {
    World world = World.with("a").pipeline(GATED).limits(l -> l.workers(2)).cycle();
    world.plan(independent(5)).pass(1).pass(1).pass(2).pass(2);
    assertThat(world.task(1).phase()).isEqualTo("look");
    assertThat(world.task(2).phase()).isEqualTo("look");
    assertThat(world.works(3) && world.works(4)).isTrue();
    world.pass(3).pass(3).pass(4).pass(4);
    assertThat(world.works(5)).isTrue();
  }

  @Test
  void aPipelineWithTheSameAgentTwiceEnds() {
    World world =
        World.with("a")
            .pipeline(agent("implementer"), agent("verifier"), agent("implementer"), merge())
            .cycle()
            .plan(task("x", "a"))
            .pass(1)
            .pass(1);
    assertThat(world.worker(1).phase()).isEqualTo("implementer#2");
    world.pass(1).merge(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
  }

  @Test
  void aPipelineThatBeginsWithAGateMoves() {
    World world = World.with("a").pipeline(gate("go"), agent("implementer"), merge()).cycle();
    world.plan(task("x", "a"));
    assertThat(world.task(1).phase()).isEqualTo("go");
    world.approve(1, "go", null).pass(1).merge(1);
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
  }

  private static World stranded(int... deps) {
    World world = World.with("a").handled();
    Spec spec = world.spec("a");
    return world.given(
        Tasks.parked(Tasks.open(1, spec)),
        Tasks.open(2, spec, deps),
        Tasks.complete(Tasks.open(4, spec)));
  }

  private static void isReportedAndHalts(World world) {
    world.given(Tasks.open(5, world.spec("a"))).cycle();
    assertThat(world.told(Event.TaskBlocked.class)).isNotEmpty();
    world.pass(5).pass(5).merge(5);
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Settled.class,
            settled -> {
              assertThat(settled.converged()).isFalse();
              assertThat(settled.needsHuman())
                  .anyMatch(why -> why.startsWith("task-002 is blocked"));
            });
  }

  @Test
  void aFailedDepIsReportedAndDoesNotMakeTheLoopSpin() {
    isReportedAndHalts(stranded(1));
  }

  @Test
  void aMissingDepIsReportedAndDoesNotMakeTheLoopSpin() {
    isReportedAndHalts(stranded(77));
  }

  @Test
  void aCyclicDepIsReportedAndDoesNotMakeTheLoopSpin() {
    World world = stranded(3);
    isReportedAndHalts(world.given(Tasks.open(3, world.spec("a"), 2)));
  }

  @Test
  void aChainOf2000DepsDoesNotOverflowTheStack() {
    World world = World.with("a").handled();
    var chain = new ArrayList<Task>();
    chain.add(Tasks.open(1, world.spec("a")));
    for (int i = 2; i <= 2000; i++) {
      chain.add(Tasks.open(i, world.spec("a"), i - 1));
    }
    world.given(chain.toArray(Task[]::new)).limits(l -> l.rounds(1)).cycle().fail(1, "no");
    assertThat(world.told(Event.TaskBlocked.class)).hasSize(1999);
  }

  @Test
  void aProposedChainOf2000DepsDoesNotOverflowTheStack() {
    World world = World.with("a").limits(l -> l.tasks(2000));
    world
        .cycle()
        .plan(
            IntStream.range(0, 2000)
                .mapToObj(i -> i == 0 ? task("t0", "a") : task("t" + i, "a", "t" + (i - 1)))
                .toArray(PmReport.Proposal[]::new));
    assertThat(world.state.tasks().size()).isEqualTo(2000);
    assertThat(DependencyGraph.criticalPath(world.state.tasks())).hasSize(2000);
  }

  @Test
  void afterAnActionsErrorsTheTaskGoesWhereThePipelineSays() {
    World world =
        World.with("a")
            .pipeline(loop(agent("builder"), agent("checker")), merge())
            .limits(l -> l.actions(1))
            .cycle()
            .plan(task("x", "a"))
            .pass(1)
            .pass(1)
            .mergeEnds(1, new MergeEnd.Failed("disk full"));
    assertThat(world.task(1).phase()).isEqualTo("builder");
    assertThat(world.worker(1).phase()).isEqualTo("builder");
  }

  @Test
  void anActionsErrorsNeverTakeTheRoundPastItsMaximum() {
    World world = World.with("a").limits(l -> l.actions(1).rounds(2)).cycle().plan(task("x", "a"));
    world.pass(1).pass(1).mergeEnds(1, new MergeEnd.Failed("disk full"));
    world.pass(1).pass(1).mergeEnds(1, new MergeEnd.Failed("disk full"));
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).round()).isEqualTo(2);
  }

  @Test
  void atRound11TheNewestFindingsAreThoseOfRound11() {
    var reviews = new ArrayList<Review>();
    for (int round = 11; round >= 0; round--) {
      reviews.add(new Review(World.id(1), round, 1, "verifier", "fail", "of round " + round));
    }
    reviews.add(new Review(World.id(1), 11, 10, "human", "hint", "tenth"));
    reviews.add(new Review(World.id(1), 11, 9, "human", "hint", "ninth"));
    List<Review> ordered = Reviews.of(reviews).of(World.id(1));
    assertThat(ordered.getLast().body()).isEqualTo("tenth");
    assertThat(ordered.reversed())
        .extracting(Review::body)
        .startsWith("tenth", "ninth", "of round 11", "of round 10", "of round 9");
    Reviews more =
        Reviews.of(reviews)
            .with(List.of(new Review(World.id(1), 12, 1, "verifier", "fail", "newest")));
    assertThat(more.of(World.id(1)).getLast().body()).isEqualTo("newest");
  }

  @Test
  void anUnknownStatusIsNoStatus() {
    assertThat(TaskStatus.of("in_progress")).isEmpty();
    assertThat(TaskStatus.of("")).isEmpty();
  }

  @Test
  void attemptsSurviveARestart() {
    World world = World.with("a").cycle().plan(task("x", "a"));
    for (int i = 0; i < 3; i++) {
      world.breaks(1, Breakage.CRASHED);
      world.state =
          Decide.atStart(
              new State(world.state.tasks(), world.state.reviews(), world.state.intake()));
      world.later(Duration.ofMinutes(1));
    }
    assertThat(world.task(1).round()).isEqualTo(1);
  }

  @Test
  void whoWasNotifiedSurvivesARestart() {
    World world = World.with("a").pipeline(GATED).cycle().plan(task("x", "a")).pass(1).pass(1);
    world.state = Decide.atStart(world.state);
    world.cycle();
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Breakage.class)
  void aMissingVerdictIsNeverAPass(Breakage kind) {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1);
    for (int i = 0; i < 12; i++) {
      if (world.works(1) && "verifier".equals(world.task(1).phase())) {
        world.breaks(1, kind);
      } else if (world.works(1)) {
        world.pass(1);
      }
      world.later(Duration.ofMinutes(10));
      assertThat(world.task(1).phase()).isNotEqualTo("merge-pr");
    }
    assertThat(world.merges).isEmpty();
  }

  @Test
  void aVerdictOfAnEarlierRoundIsNotReadAsThisOnes() {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1);
    JobKey.TaskStep first = world.worker(1);
    world.fail(1, "no").pass(1);
    assertThat(world.task(1).phase()).isEqualTo("verifier");
    world.lateEnd(first, Reports.passed(new Delivery.ReadOnly()));
    assertThat(world.task(1).phase()).isEqualTo("verifier");
    assertThat(world.works(1)).isTrue();
    assertThat(world.last().moves()).containsExactly(new Move.Release(first));
  }

  @Test
  void aVerdictOfAnEarlierAttemptIsNotReadAsThisOnes() {
    World world = World.with("a").cycle().plan(task("x", "a"));
    JobKey.TaskStep first = world.worker(1);
    world.breaks(1, Breakage.TIMED_OUT).later(Duration.ofSeconds(1));
    world.lateEnd(first, Reports.passed(new Delivery.Taken(World.ROOT, true)));
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.task(1).attempts()).isEqualTo(1);
  }

  @Test
  void aResultForATaskThatNeverWasIsLetGo() {
    World world = World.with("a").cycle().plan(task("x", "a"));
    State before = world.state;
    var key = new JobKey.TaskStep(World.id(42), "implementer", 0, 0);
    world.lateEnd(key, Reports.passed(new Delivery.ReadOnly()));
    assertThat(world.state).isEqualTo(before);
    assertThat(world.last().moves()).containsExactly(new Move.Release(key));
  }

  @Test
  void cancellingAWorkerDoesNotDeleteItsBranch() {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1);
    String head = Objects.requireNonNull(world.task(1).head());
    world.delete("a").cycle();
    assertThat(world.last().moves()).hasOnlyElementsOfType(Move.EndWorker.class);
    assertThat(world.task(1).head()).isEqualTo(head);
  }

  @Test
  void haltingLeavesNoWorkersRunning() {
    World world = World.with("a", "b").cycle().plan(task("x", "a"), task("y", "b"));
    world.delete("a").pass(2).pass(2).merge(2);
    assertThat(world.standing()).as("one is still being ended").isInstanceOf(Standing.Busy.class);
    world.lateEnd(
        new JobKey.TaskStep(World.id(1), "implementer", 0, 0),
        new WorkerEnd.Silent(Breakage.ENDED_BY_US, "", new Delivery.ReadOnly()));
    assertThat(world.standing()).isInstanceOf(Standing.Settled.class);
    assertThat(world.workers).isEmpty();
  }

  @Test
  void anEditedSpecIsNoticedNotOnlyANewOne() {
    World world = World.with("a").cycle().plan(task("x", "a")).pass(1).pass(1).merge(1);
    world.write("a", "edited").cycle();
    assertThat(world.pmRuns()).isTrue();
  }

  @Test
  void anUncoveredSpecDoesNotAskThePmAgainEveryCycle() {
    World world = World.with("a", "b").cycle().plan(task("x", "a"));
    for (int i = 0; i < 20; i++) {
      world.later(Duration.ofMinutes(1));
    }
    assertThat(world.started.stream().filter(job -> job.startsWith("pm"))).hasSize(1);
  }

  @Test
  void anUnchangedTableIsTheSameObjectSoThatNothingIsComparedTwice() {
    World world = World.with("a").cycle().plan(independent(10));
    State before = world.state;
    world.cycle();
    assertThat(world.state).isSameAs(before);
    world.pass(1);
    assertThat(world.task(9)).isSameAs(before.task(World.id(9)));
  }
}
