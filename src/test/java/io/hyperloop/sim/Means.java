package io.hyperloop.sim;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Budget;
import io.hyperloop.domain.Cast;
import io.hyperloop.domain.Dice;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Quota;
import io.hyperloop.domain.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to spend, what agents use of it, and what providers say: each seed has its own. */
final class Means {
  private static final List<Map<String, String>> OTHERS =
      List.of(
          Map.of(),
          Map.of(AgentTemplate.PM, "other"),
          Map.of("verifier", "other"),
          Map.of("implementer", "other", AgentTemplate.PM, "third"));

  private static final Duration LONG_POLL = Duration.ofMinutes(30);

  private final Dice dice;

  /** Whether agents tell what they use at all. */
  final boolean counted;

  /** Whether quotas may last for days; then it is seldom looked. */
  final boolean patient;

  /** Whether agents find the same again and again. */
  final boolean stubborn;

  Means(Dice dice, boolean counted, boolean shared) {
    this.dice = dice;
    this.counted = counted;
    stubborn = dice.oneIn(8);
    patient = counted && !shared && dice.oneIn(4);
  }

  /** Limits on anything else. */
  static Limits plain(Dice dice) {
    return new Limits(
        1 + dice.below(4),
        2 + dice.below(4),
        1 + dice.below(3),
        1 + dice.below(3),
        1 + dice.below(3),
        8,
        2 + dice.below(4),
        Duration.ofSeconds(30));
  }

  /** The same limits, with those on what agents use. */
  Limits limits(Limits plain) {
    if (!counted) {
      return plain;
    }
    var budget =
        new Budget(
            maybe(2, 300_000, 3_000_000),
            maybe(2, 100_000, 1_500_000),
            maybe(4, 3_000, 30_000),
            maybe(4, 1_000, 15_000),
            dice.oneIn(2) ? Budget.Period.RUN : Budget.Period.DAY);
    var quota = new Quota(dice.below(3) * 0.2, dice.oneIn(2));
    return with(plain, patient ? LONG_POLL : plain.pollInterval(), budget, quota, cast());
  }

  private Cast cast() {
    return new Cast("agent", dice.pick(OTHERS));
  }

  private @Nullable Long maybe(int oneIn, int least, int most) {
    return dice.oneIn(oneIn) ? (Long) (long) (least + dice.below(most - least)) : null;
  }

  private static Limits with(
      Limits limits, Duration pollInterval, Budget budget, Quota quota, Cast cast) {
    return new Limits(
        limits.maxWorkers(),
        limits.maxTaskRounds(),
        limits.maxActionAttempts(),
        limits.maxWorkerAttempts(),
        limits.maxReplans(),
        limits.maxTasksPerIntake(),
        limits.pmMaxFailures(),
        pollInterval,
        budget,
        quota,
        cast,
        limits.forge());
  }

  /** What a person makes of limits that are in the way: more of each, or none. */
  Limits raised(Limits limits) {
    Budget b = limits.budget();
    return with(
        limits,
        limits.pollInterval(),
        new Budget(
            more(b.microUsd()),
            more(b.taskMicroUsd()),
            more(b.tokens()),
            more(b.taskTokens()),
            b.per()),
        limits.quota(),
        limits.cast());
  }

  private @Nullable Long more(@Nullable Long limit) {
    return limit == null || dice.oneIn(4) ? null : (Long) (limit * 3);
  }

  /** What one reply of a model uses; now and then it is a lot. */
  Usage reply() {
    long output = 100L + dice.below(900);
    return new Usage(
        dice.below(500),
        dice.below(90_000),
        dice.below(300),
        output,
        output * (dice.oneIn(12) ? 900 : 90),
        dice.oneIn(3) ? Usage.Basis.EQUIVALENT : Usage.Basis.PAID);
  }

  /** When a quota begins anew, as a provider says, be it true or not; null if it does not say. */
  @Nullable Instant reset(Instant now) {
    return switch (dice.below(6)) {
      case 0 -> null;
      case 1 -> now.minusSeconds(dice.below(100_000));
      case 2 -> patient ? now.plus(Duration.ofDays(9L + dice.below(5_000))) : null;
      case 3 -> patient ? now.plusSeconds(dice.below(7 * 24 * 3600)) : now.plusSeconds(1);
      default -> now.plusSeconds(dice.below(1800));
    };
  }

  Allowance allowance(Instant now) {
    return new Allowance(dice.below(130) / 100.0, reset(now), dice.oneIn(6));
  }

  /** How long anything may rest because of a quota. */
  Duration longest() {
    return !counted ? Duration.ZERO : patient ? Duration.ofDays(8) : Duration.ofMinutes(31);
  }
}
