package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows when a worker gives no verdict. */
class AttemptsTest {
  private static World planned() {
    return World.with("a").cycle().plan(task("x", "a"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Breakage.class,
      names = {"CRASHED", "TIMED_OUT", "STALLED", "PERMISSION_DENIED"})
  void threeAttemptsInARowWithoutAVerdictAreARejectionThatSaysWhy(Breakage kind) {
    World world = planned();
    for (int i = 0; i < 3; i++) {
      world.later(Duration.ofMinutes(1)).breaks(1, kind);
    }
    assertThat(world.task(1).round()).isEqualTo(1);
    assertThat(world.task(1).attempts()).isZero();
    assertThat(world.reviews(1)).hasSize(1);
    Review review = world.reviews(1).getFirst();
    assertThat(review.role()).isEqualTo(Review.ORCHESTRATOR);
    assertThat(review.body()).contains(kind.words(), "its output");
  }

  @ParameterizedTest
  @EnumSource(
      value = Breakage.class,
      names = {"ENDED_BY_US", "FOUND_AT_START", "QUOTA", "THROTTLED", "OVERLOADED", "CREDENTIALS"})
  void whatIsNotTheWorkersFaultIsNeverCounted(Breakage kind) {
    World world = planned();
    for (int i = 0; i < 20; i++) {
      world.later(Duration.ofMinutes(5)).breaks(1, kind);
    }
    assertThat(world.task(1).attempts()).isZero();
    assertThat(world.task(1).round()).isZero();
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(world.reviews(1)).isEmpty();
  }

  @Test
  void aCrashBacksOffForOneSecondThenTwo() {
    World world = planned().breaks(1, Breakage.CRASHED);
    assertThat(world.works(1)).isFalse();
    assertThat(world.standing()).isEqualTo(new Standing.Busy(world.now.plusSeconds(1)));
    world.later(Duration.ofSeconds(1));
    assertThat(world.worker(1).attempt()).isEqualTo(1);
    world.breaks(1, Breakage.CRASHED);
    assertThat(world.task(1).notBefore()).isEqualTo(world.now.plusSeconds(2));
  }

  /** However far it jumped, no wait is longer than the longest back-off. */
  @ParameterizedTest
  @ValueSource(longs = {301, 3_600, 86_400, 3_650 * 86_400L})
  void aClockThatIsSetBackDoesNotMakeABackOffLonger(long seconds) {
    World world = planned().breaks(1, Breakage.CRASHED).later(Duration.ofSeconds(-seconds));
    assertThat(world.works(1)).isTrue();
  }

  @Test
  void aClockThatIsSetForwardEndsABackOffAndCountsNothing() {
    World world = planned().breaks(1, Breakage.CRASHED).later(Duration.ofDays(400));
    assertThat(world.works(1)).isTrue();
    assertThat(world.task(1).attempts()).isEqualTo(1);
  }

  @Test
  void backOffDoublesUpToAMinute() {
    assertThat(Backoff.after(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Backoff.after(2)).isEqualTo(Duration.ofSeconds(2));
    assertThat(Backoff.after(6)).isEqualTo(Duration.ofSeconds(32));
    assertThat(Backoff.after(7)).isEqualTo(Duration.ofSeconds(60));
    assertThat(Backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void overloadBacksOffUpToFiveMinutesForEveryTask() {
    for (int id = 1; id <= 100; id++) {
      Task task = Tasks.open(id, new Spec("specs/a.md", World.ROOT, World.ROOT));
      Instant now = Instant.EPOCH;
      Duration last = Duration.ZERO;
      for (int i = 0; i < 30; i++) {
        Duration wait = Backoff.afterOverload(task, now);
        assertThat(wait).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Duration.ofMinutes(5));
        last = wait;
        task =
            task.edit()
                .reason(Reason.Kind.RETRYING, "overloaded")
                .since(now)
                .notBefore(now.plus(wait))
                .done();
        now = now.plus(wait);
      }
      assertThat(last).as("task %s", id).isGreaterThanOrEqualTo(Duration.ofMinutes(4));
    }
  }

  @Test
  void overloadBrings100TasksBackAtDifferentTimes() {
    var waits = new java.util.HashSet<Duration>();
    for (int id = 1; id <= 100; id++) {
      Task task =
          Tasks.open(id, new Spec("specs/a.md", World.ROOT, World.ROOT))
              .edit()
              .reason(Reason.Kind.RETRYING, "overloaded")
              .since(Instant.EPOCH)
              .notBefore(Instant.EPOCH.plusSeconds(200))
              .done();
      waits.add(Backoff.afterOverload(task, Instant.EPOCH.plusSeconds(200)));
    }
    assertThat(waits).hasSizeGreaterThan(10);
  }

  @Test
  void aWorkerThatWeEndedStartsAgainAtOnceUnderTheSameKey() {
    World world = planned();
    JobKey.TaskStep key = world.worker(1);
    world.breaks(1, Breakage.ENDED_BY_US);
    assertThat(world.worker(1)).isEqualTo(key);
    assertThat(world.last().moves())
        .extracting(m -> m.getClass().getSimpleName())
        .containsExactly("Release", "StartWorker");
  }

  @Test
  void aWorkerThatWeEndedWhileStoppingStartsWithTheNextOrchestrator() {
    World world = planned();
    world.stopping = true;
    world.breaks(1, Breakage.ENDED_BY_US);
    assertThat(world.works(1)).isFalse();
    world.stopping = false;
    world.cycle();
    assertThat(world.works(1)).isTrue();
  }

  @Test
  void attemptsStartAnewAtTheNextStep() {
    World world = planned().breaks(1, Breakage.CRASHED).later(Duration.ofSeconds(1)).pass(1);
    assertThat(world.task(1).attempts()).isZero();
    assertThat(world.task(1).reason()).isNull();
    assertThat(world.task(1).notBefore()).isNull();
  }

  @Test
  void threeFailedSetUpsParkTheTaskWithTheOutput() {
    World world = planned();
    for (int i = 0; i < 3; i++) {
      world.later(Duration.ofMinutes(1)).breaks(1, Breakage.SETUP_FAILED);
    }
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    Reason reason = Objects.requireNonNull(world.task(1).reason());
    assertThat(reason.kind()).isEqualTo(Reason.Kind.NEEDS_HUMAN);
    assertThat(reason.text()).contains("its output");
    assertThat(world.reviews(1)).isEmpty();
    assertThat(world.pmRuns()).as("parked tasks never trigger intake").isFalse();
    assertThat(world.status("a")).isEqualTo(SpecStatus.NEEDS_HUMAN);
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
  }

  @Test
  void failedSetUpsAreCountedApartFromAttempts() {
    World world = planned();
    world.breaks(1, Breakage.SETUP_FAILED).later(Duration.ofMinutes(1));
    world.breaks(1, Breakage.CRASHED).later(Duration.ofMinutes(1));
    world.breaks(1, Breakage.SETUP_FAILED).later(Duration.ofMinutes(1));
    world.breaks(1, Breakage.CRASHED).later(Duration.ofMinutes(1));
    assertThat(world.task(1).setupAttempts()).isEqualTo(2);
    assertThat(world.task(1).attempts()).isEqualTo(2);
    assertThat(world.task(1).round()).isZero();
    assertThat(world.started).doesNotHaveDuplicates();
  }

  @Test
  void withTheLastRoundSpentMissingVerdictsFailTheTaskRatherThanParkIt() {
    World world = planned().limits(l -> l.rounds(1).attempts(1)).breaks(1, Breakage.CRASHED);
    assertThat(Objects.requireNonNull(world.task(1).reason()).kind()).isEqualTo(Reason.Kind.FAILED);
  }

  @Test
  void refusedCredentialsStopARunAndCountNothing() {
    World world = planned().breaks(1, Breakage.CREDENTIALS);
    assertThat(world.last().standing()).isInstanceOf(Standing.Stuck.class);
    assertThat(world.task(1).attempts()).isZero();
  }

  @Test
  void whatADeadWorkerLeftIsOnItsBranch() {
    World world = planned();
    String head = World.head(world.worker(1));
    world.end(
        1, new WorkerEnd.Silent(Breakage.FOUND_AT_START, "gone", new Delivery.Taken(head, true)));
    assertThat(world.task(1).head()).isEqualTo(head);
  }

  @Test
  void aBrokenActionIsTriedAgainAndThenRejected() {
    World world = planned().pass(1).pass(1);
    for (int i = 0; i < 3; i++) {
      world.later(Duration.ofMinutes(1));
      assertThat(world.task(1).actionAttempts()).isEqualTo(i);
      world.mergeEnds(1, new MergeEnd.Failed("disk full"));
    }
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.task(1).round()).isEqualTo(1);
    assertThat(world.task(1).actionAttempts()).isZero();
    assertThat(world.reviews(1).getFirst().body()).contains("disk full");
  }

  @Test
  void anActionsAttemptsStartAnewWhenTheStepIsLeft() {
    World world =
        World.with("a")
            .pipeline(loop(agent("implementer")), merge())
            .cycle()
            .plan(task("x", "a"))
            .pass(1)
            .mergeEnds(1, new MergeEnd.Failed("once"))
            .later(Duration.ofSeconds(1))
            .mergeEnds(1, RoundsTest.conflict())
            .pass(1);
    assertThat(world.task(1).actionAttempts()).isZero();
    assertThat(world.merges).containsExactly(new JobKey.TaskStep(World.id(1), "merge-pr", 1, 0));
  }

  @Test
  void nothingIsTriedBeforeItsTime() {
    World world = planned().breaks(1, Breakage.CRASHED).later(Duration.ofMillis(900));
    assertThat(world.works(1)).isFalse();
    assertThat(world.later(Duration.ofMillis(100)).works(1)).isTrue();
    assertThat(world.standing()).isEqualTo(new Standing.Busy(null));
    assertThat(List.copyOf(world.workers)).hasSize(1);
  }
}
