package io.hyperloop.domain;

import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Budgets and allowances. */
class ThriftTest {
  private static final String PROGRAM = Cast.DEFAULT.usual();

  private static World planned() {
    return World.with("a").cycle().plan(task("x", "a"), task("y", "a"));
  }

  private static Usage dollars(double usd) {
    return new Usage(0, 0, 0, 0, Math.round(usd * 1e6), Usage.Basis.PAID);
  }

  private static Usage tokens(long tokens) {
    return new Usage(tokens, 0, 0, 0, 0, Usage.Basis.UNPRICED);
  }

  private static World limited(World world, Budget budget) {
    return world.limits(limits -> limits.budget(budget));
  }

  private static Budget inAll(double usd) {
    return new Budget(Math.round(usd * 1e6), null, null, null, Budget.Period.DAY);
  }

  private static World spent(World world, Usage all, Map<TaskId, Usage> tasks) {
    world.spending = new Spending(all, tasks, Map.of());
    return world.cycle();
  }

  @Test
  void nothingStartsOnceTheBudgetIsSpentAndWhatRunsMayFinish() {
    World world =
        limited(World.with("a").limits(limits -> limits.workers(1)), inAll(20))
            .cycle()
            .plan(task("x", "a"), task("y", "a"));
    spent(world, dollars(20), Map.of());

    assertThat(world.works(1)).as("goes on").isTrue();
    assertThat(world.last().moves()).isEmpty();
    world.pass(1);

    assertThat(world.works(1)).as("the verifier").isFalse();
    assertThat(world.works(2)).isFalse();
    assertThat(world.standing())
        .isEqualTo(new Standing.Stuck("$20.00 of $20.00 are spent today (limits.cost_usd)"));
  }

  @Test
  void aBudgetThatIsNotSpentStopsNothing() {
    World world = limited(planned(), inAll(20));
    spent(world, dollars(19.999999), Map.of());

    assertThat(world.pass(1).works(1)).isTrue();
  }

  @Test
  void thePmIsNotAskedOnceTheBudgetIsSpent() {
    World world = limited(World.with("a"), inAll(1));
    spent(world, dollars(2), Map.of());

    assertThat(world.pmRuns()).isFalse();
    assertThat(world.standing()).isInstanceOf(Standing.Stuck.class);

    spent(world, dollars(0), Map.of());
    assertThat(world.pmRuns()).as("a new day").isTrue();
  }

  @Test
  void workThatNeedsNoAgentGoesOnWithoutABudget() {
    World world = limited(planned().pass(1).pass(1), inAll(1));
    spent(world, dollars(1), Map.of());

    world.merge(1);

    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
  }

  @Test
  void aTaskAtItsLimitEndsItsWorkerAndWaitsForAPerson() {
    World world = limited(planned(), new Budget(null, 5_000_000L, null, null, Budget.Period.RUN));
    JobKey key = world.worker(1);

    spent(world, dollars(6), Map.of(World.id(1), dollars(5), World.id(2), dollars(1)));

    assertThat(world.last().moves())
        .contains(new Move.EndWorker(key, "it has no business any more"));
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(world.task(1).reason())
        .isEqualTo(
            new Reason(
                Reason.Kind.BUDGET,
                "$5.00 of $5.00 are spent on this task (limits.task_cost_usd)"));
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
    assertThat(world.works(2)).isTrue();
    assertThat(world.state.intake().failures()).as("not for the PM").isEmpty();
  }

  @Test
  void tokensAreLimitedLikeDollars() {
    World world = limited(planned(), new Budget(null, null, 9_000L, 1_000L, Budget.Period.RUN));
    spent(world, tokens(3_000), Map.of(World.id(2), tokens(1_000)));

    assertThat(world.task(2).is(Reason.Kind.BUDGET)).isTrue();
    assertThat(String.valueOf(world.task(2).reason())).contains("1,000 of 1,000 tokens");

    world.lateEnd(
        world.worker(2), new WorkerEnd.Silent(Breakage.ENDED_BY_US, "", new Delivery.ReadOnly()));
    spent(world, tokens(9_000), Map.of());
    world.pass(1);
    assertThat(world.standing()).isInstanceOf(Standing.Stuck.class);
  }

  @Test
  void aParkedTaskGoesOnByRetryOnlyWithAHigherLimit() {
    Budget five = new Budget(null, 5_000_000L, null, null, Budget.Period.RUN);
    World world = limited(planned(), five);
    JobKey.TaskStep key = world.worker(1);
    spent(world, dollars(6), Map.of(World.id(1), dollars(5)));
    world.lateEnd(key, new WorkerEnd.Silent(Breakage.ENDED_BY_US, "", new Delivery.ReadOnly()));

    world.retry(1, "");
    assertThat(world.task(1).status()).as("with the same limit").isEqualTo(TaskStatus.FAILED);
    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);

    limited(world, new Budget(null, 9_000_000L, null, null, Budget.Period.RUN)).retry(1, "go on");
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(world.works(1)).isTrue();
    assertThat(world.reviews(1).getLast().body()).isEqualTo("go on");
  }

  @Test
  void workThatOnlyWaitsToBeMergedIsMergedBeyondItsLimit() {
    World world = limited(planned(), new Budget(null, 5_000_000L, null, null, Budget.Period.RUN));
    world.pass(1);
    world.spending = new Spending(dollars(5), Map.of(World.id(1), dollars(5)), Map.of());
    world.pass(1);

    assertThat(world.task(1).reason()).isNull();
    world.merge(1);

    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
  }

  @Test
  void aMergeThatConflictsBeyondTheLimitParksTheTaskSinceItNeedsAnAgent() {
    World world = limited(planned(), new Budget(null, 5_000_000L, null, null, Budget.Period.RUN));
    world.pass(1);
    world.spending = new Spending(dollars(5), Map.of(World.id(1), dollars(5)), Map.of());
    world.pass(1);

    world.mergeEnds(1, new MergeEnd.Conflict(List.of("a.txt"), "base"));

    assertThat(world.task(1).is(Reason.Kind.BUDGET)).isTrue();
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    assertThat(world.works(1)).isFalse();
  }

  @Test
  void aQuotaParksTheProgramUntilItsReset() {
    World world = planned();
    Instant reset = world.now.plus(Duration.ofHours(3));
    world.end(1, new WorkerEnd.Silent(Breakage.QUOTA, "resets", new Delivery.ReadOnly(), reset));

    assertThat(world.told(Event.Parked.class))
        .containsExactly(new Event.Parked(PROGRAM, reset, "quota: resets"));
    world.pass(2).later(Duration.ofMinutes(90));
    assertThat(world.works(1)).isFalse();
    assertThat(world.works(2)).as("its verifier").isFalse();
    assertThat(world.standing()).isEqualTo(new Standing.Busy(reset));
    assertThat(world.state.intake().parked()).containsExactly(Map.entry(PROGRAM, reset));

    world.later(Duration.ofMinutes(90));
    assertThat(world.works(1)).isTrue();
    assertThat(world.works(2)).isTrue();
    assertThat(world.task(1).attempts()).isZero();
  }

  @Test
  void aResetThatIsSaidToBeYearsAwayIsAMistake() {
    World world = planned();
    Instant never = world.now.plus(Duration.ofDays(5_000));
    world.end(1, new WorkerEnd.Silent(Breakage.QUOTA, "", new Delivery.ReadOnly(), never));

    world.pass(2).later(Duration.ofDays(8));

    assertThat(world.works(1)).isTrue();
  }

  @Test
  void theReserveIsLeftToPeople() {
    World world = planned().limits(limits -> limits.quota(new Quota(0.2, false)));
    Instant reset = world.now.plus(Duration.ofHours(1));
    world.spending =
        new Spending(Usage.NONE, Map.of(), Map.of(PROGRAM, new Allowance(0.79, reset, false)));
    world.cycle().pass(1);
    assertThat(world.works(1)).as("below the reserve").isTrue();

    world.spending =
        new Spending(Usage.NONE, Map.of(), Map.of(PROGRAM, new Allowance(0.8, reset, false)));
    world.cycle().pass(2);

    assertThat(world.works(2)).isFalse();
    assertThat(world.told(Event.Parked.class)).hasSize(1);
    assertThat(world.later(Duration.ofHours(1)).works(2)).isTrue();
  }

  @Test
  void anAllowanceThatIsSaidToResetInYearsIsAMistake() {
    World world = planned();
    Instant never = world.now.plus(Duration.ofDays(5_000));
    world.spending =
        new Spending(Usage.NONE, Map.of(), Map.of(PROGRAM, new Allowance(1, never, false)));

    world.cycle().pass(1);

    assertThat(world.works(1)).isTrue();
    assertThat(world.state.intake().parked()).isEmpty();
  }

  @Test
  void overageIsUsedOnlyIfAllowed() {
    Instant reset = Instant.parse("2026-01-01T13:00:00Z");
    var over = new Allowance(1.1, reset, true);

    assertThat(new Quota(0, false).closedUntil(over)).contains(reset);
    assertThat(new Quota(0, true).closedUntil(over)).isEmpty();
    assertThat(new Quota(0.2, true).closedUntil(new Allowance(0.9, reset, false))).contains(reset);
  }
}
