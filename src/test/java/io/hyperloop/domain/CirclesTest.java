package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rounds that are all alike. */
class CirclesTest {
  private static World planned() {
    return World.with("a").cycle().plan(task("x", "a"));
  }

  private static World round(World world, String finding) {
    return world.pass(1).fail(1, finding);
  }

  @Test
  void threeRoundsWithTheSameFindingParkTheTask() {
    World world = round(round(planned(), "No  test."), "no test.\n");
    assertThat(world.task(1).round()).isEqualTo(2);

    round(world, "No test.");

    assertThat(world.task(1).reason())
        .isEqualTo(
            new Reason(Reason.Kind.NEEDS_HUMAN, "3 rounds in a row failed with the same findings"));
    assertThat(world.works(1)).isFalse();
    assertThat(world.state.intake().failures()).isEmpty();
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
  }

  @Test
  void aFindingInBetweenIsProgress() {
    World world = planned();
    for (String finding : new String[] {"no test", "no test", "no docs", "no test", "no test"}) {
      round(world, finding);
    }
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
  }

  @Test
  void threeRoundsThatLeaveTheSameContentParkTheTask() {
    World world = round(planned(), "one");
    for (String finding : new String[] {"two", "three"}) {
      world.end(1, Reports.passed(new Delivery.Taken(World.head(world.worker(1)), true, false)));
      assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
      world.fail(1, finding);
    }
    assertThat(String.valueOf(world.task(1).reason())).contains("the same content");
  }

  @Test
  void whatAnAgentChangedBeforeItBrokeIsNewContent() {
    World world = round(planned(), "one");
    for (String finding : new String[] {"two", "three"}) {
      world.end(
          1,
          new WorkerEnd.Silent(
              Breakage.CRASHED, "", new Delivery.Taken(World.head(world.worker(1)), true, true)));
      world.later(Duration.ofMinutes(2));
      world.end(1, Reports.passed(new Delivery.Taken(World.head(world.worker(1)), true, false)));
      world.fail(1, finding);
    }
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
  }

  @Test
  void aRoundInWhichTwoAgentsChangeNothingIsOneRound() {
    World world = planned();
    for (String finding : new String[] {"one", "two", "three"}) {
      boolean anew = !finding.equals("three");
      world.end(1, Reports.passed(new Delivery.Taken(World.head(world.worker(1)), true, anew)));
      world.end(
          1,
          new WorkerEnd.Reported(
              new Report(Report.Verdict.FAIL, finding, false),
              new Delivery.Taken(World.head(world.worker(1)), true, false)));
    }
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
  }

  @Test
  void roundsInWhichNobodyLeftAnythingAreAlike() {
    World world = round(planned(), "one");
    for (String finding : new String[] {"two", "three"}) {
      world.end(1, Reports.passed(new Delivery.Unusable(finding)));
    }
    assertThat(String.valueOf(world.task(1).reason())).contains("the same content");
  }

  @Test
  void aRetryIsANewChanceOfThreeRounds() {
    World world = round(round(round(planned(), "same"), "same"), "same");
    world.retry(1, "Look at the spec again.");
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(world.worker(1).round()).isEqualTo(3);

    round(round(world, "same"), "same");
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    round(round(world, "same"), "same");
    assertThat(world.task(1).is(Reason.Kind.NEEDS_HUMAN)).isTrue();
  }

  @Test
  void onlyAParkedTaskIsRetried() {
    World world = planned().retry(1, "");

    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);
    assertThat(world.reviews(1)).isEmpty();
  }

  @Test
  void theMostRoundsAreJudgedFirst() {
    World world = planned().limits(limits -> limits.rounds(3));
    round(round(round(world, "same"), "same"), "same");

    assertThat(world.task(1).is(Reason.Kind.FAILED)).isTrue();
  }
}
