package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.satisfied;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What follows when the PM answers badly, or not at all. */
class FailingPmTest {
  private static List<String> asked(World world) {
    return List.copyOf(Objects.requireNonNull(world.state.intake().plan()).asked().keySet());
  }

  @Test
  void aMalformedAnswerGoesBackToThePmOnceWithTheErrors() {
    World world = World.with("a").cycle().pm(new PmEnd.Garbled(List.of("not JSON")));
    Plan plan = Objects.requireNonNull(world.state.intake().plan());
    assertThat(plan.correction()).containsExactly("not JSON");
    assertThat(world.pmRuns()).isTrue();
    assertThat(world.state.intake().pmFailures()).isZero();
  }

  @Test
  void anAnswerAgainstTheRulesGoesBackToThePmOnceWithTheErrors() {
    World world = World.with("a").cycle().plan(task("x", "a", "task-099"));
    assertThat(Objects.requireNonNull(world.state.intake().plan()).correction())
        .singleElement()
        .asString()
        .contains("task-099");
    assertThat(world.state.tasks().size()).isZero();
    world.plan(task("x", "a"));
    assertThat(world.state.tasks().size()).isEqualTo(1);
  }

  @Test
  void aSecondWrongAnswerIsAFailedIntakeWhichBacksOff() {
    World world = World.with("a").cycle();
    world.pm(new PmEnd.Garbled(List.of("no"))).pm(new PmEnd.Garbled(List.of("still no")));
    assertThat(world.state.intake().pmFailures()).isEqualTo(1);
    assertThat(world.state.intake().plan()).isNull();
    assertThat(world.standing()).isEqualTo(new Standing.Busy(world.now.plusSeconds(1)));
    world.later(Duration.ofSeconds(1));
    assertThat(asked(world)).containsExactly("specs/a.md");
    assertThat(Objects.requireNonNull(world.state.intake().plan()).correction()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackDoesNotMakeTheBackOffLonger() {
    World world = World.with("a").cycle();
    world.pm(new PmEnd.Silent(Breakage.CRASHED, "boom")).later(Duration.ofHours(-3));
    assertThat(asked(world)).containsExactly("specs/a.md");
  }

  private static World failedIntakes(int times) {
    World world = World.with("a").cycle();
    for (int i = 0; i < times; i++) {
      world.pm(new PmEnd.Silent(Breakage.CRASHED, "boom")).later(Duration.ofMinutes(1));
    }
    return world;
  }

  @Test
  void fiveFailedIntakesInARowHaltWithNothingLost() {
    assertThat(failedIntakes(4).pmRuns()).isTrue();
    World world = failedIntakes(5);
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.standing())
        .isEqualTo(new Standing.Stuck("the PM failed 5 times in a row (pm_max_failures)"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.OUT_OF_SYNC);
  }

  @Test
  void startingAnewResetsTheCountOfFailedIntakes() {
    World world = failedIntakes(5);
    world.state = Decide.atStart(world.state);
    world.cycle();
    assertThat(world.pmRuns()).isTrue();
  }

  @Test
  void aGoodAnswerResetsTheCountOfFailedIntakes() {
    World world = failedIntakes(4).pm(satisfied("a"));
    assertThat(world.state.intake().pmFailures()).isZero();
  }

  @Test
  void workersFinishBeforeAFailingPmHalts() {
    World world = World.with("a").cycle().plan(task("x", "a")).write("b", "new").cycle();
    for (int i = 0; i < 5; i++) {
      world.pm(new PmEnd.Silent(Breakage.CRASHED, "boom")).later(Duration.ofMinutes(1));
    }
    assertThat(world.standing()).isInstanceOf(Standing.Busy.class);
    world.pass(1).pass(1).merge(1);
    assertThat(world.standing()).isInstanceOf(Standing.Stuck.class);
  }

  @Test
  void aFailingPmThatNobodyNeedsAnyMoreDoesNotHalt() {
    World world = failedIntakes(5).delete("a").cycle();
    assertThat(world.standing()).isEqualTo(new Standing.Settled(true, List.of()));
  }

  @Test
  void aPmThatWeEndedIsAskedAgainAndCountsNothing() {
    World world = World.with("a").cycle();
    JobKey.Planning key = world.pmKey();
    for (int i = 0; i < 10; i++) {
      world.pm(new PmEnd.Silent(Breakage.ENDED_BY_US, ""));
    }
    assertThat(world.pmKey()).isEqualTo(key);
    assertThat(world.state.intake().pmFailures()).isZero();
  }

  @Test
  void anOverloadedPmIsAskedAgainLaterAndCountsNothing() {
    World world = World.with("a").cycle().pm(new PmEnd.Silent(Breakage.OVERLOADED, ""));
    assertThat(world.pmRuns()).isFalse();
    assertThat(world.standing()).isEqualTo(new Standing.Busy(world.now.plusSeconds(30)));
    world.later(Duration.ofSeconds(30));
    assertThat(world.pmRuns()).isTrue();
    assertThat(world.state.intake().pmFailures()).isZero();
  }
}
