package io.hyperloop.config;

import io.hyperloop.domain.Budget;
import io.hyperloop.domain.Cast;
import io.hyperloop.domain.Quota;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What agents may use, out of {@code limits} and {@code quota}. */
final class Spendings {
  private static final Map<String, Budget.Period> PERIODS =
      Map.of("run", Budget.Period.RUN, "day", Budget.Period.DAY);

  private static final double USD_MOST = 1_000_000;
  private static final double TOKENS_MOST = 1e12;

  private Spendings() {}

  static Budget budget(Section section) {
    var budget =
        new Budget(
            scaled(section.positiveOrNull("cost_usd", USD_MOST), 1_000_000),
            scaled(section.positiveOrNull("task_cost_usd", USD_MOST), 1_000_000),
            scaled(section.positiveOrNull("tokens", TOKENS_MOST), 1),
            scaled(section.positiveOrNull("task_tokens", TOKENS_MOST), 1),
            section.choice("per", PERIODS, Budget.NONE.per()));
    section.done();
    return budget;
  }

  private static @Nullable Long scaled(@Nullable Double value, long unit) {
    return value == null ? null : Math.round(value * unit);
  }

  static Quota quota(Section section) {
    var quota =
        new Quota(
            section.part("reserve", Quota.DEFAULT.reserve()),
            section.flag("overage", Quota.DEFAULT.overage()));
    section.done();
    return quota;
  }

  /** Agents of one program share what that program is allowed. */
  static Cast cast(Agent usual, Map<String, Agent> roles) {
    var others = new TreeMap<String, String>();
    roles.forEach((role, agent) -> others.put(role, agent.program()));
    return new Cast(usual.program(), others);
  }
}
