package io.hyperloop.domain;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What agents may use. Null is no limit.
 *
 * @param microUsd in all, in millionths of a US dollar
 * @param taskMicroUsd for one task
 * @param tokens in all, as {@link Usage#tokens()} counts them
 * @param taskTokens for one task
 * @param per what "in all" means
 */
public record Budget(
    @Nullable Long microUsd,
    @Nullable Long taskMicroUsd,
    @Nullable Long tokens,
    @Nullable Long taskTokens,
    Period per) {

  public static final Budget NONE = new Budget(null, null, null, null, Period.RUN);

  /** What a limit on everything is counted over. */
  public enum Period {
    /** From the start of a run to its end; one that was killed goes on at its next start. */
    RUN("this run"),
    /** A calendar day where hyperloop runs. */
    DAY("today");

    private final String words;

    Period(String words) {
      this.words = words;
    }
  }

  /** Why nothing more may start; empty while something may. */
  Optional<String> spent(Usage all) {
    return over(all.microUsd(), microUsd)
        ? Optional.of(cost(all, microUsd) + " " + per.words + " (limits.cost_usd)")
        : over(all.tokens(), tokens)
            ? Optional.of(tokens(all, tokens) + " " + per.words + " (limits.tokens)")
            : Optional.empty();
  }

  boolean limitsTasks() {
    return taskMicroUsd != null || taskTokens != null;
  }

  /** Why no more may be done on a task that has used that much; empty while more may. */
  Optional<String> spentOnTask(Usage task) {
    return over(task.microUsd(), taskMicroUsd)
        ? Optional.of(cost(task, taskMicroUsd) + " on this task (limits.task_cost_usd)")
        : over(task.tokens(), taskTokens)
            ? Optional.of(tokens(task, taskTokens) + " on this task (limits.task_tokens)")
            : Optional.empty();
  }

  private static boolean over(long used, @Nullable Long limit) {
    return limit != null && used >= limit;
  }

  private static String cost(Usage used, @Nullable Long limit) {
    return dollars(used.microUsd()) + " of " + dollars(limit == null ? 0 : limit) + " are spent";
  }

  private static String tokens(Usage used, @Nullable Long limit) {
    return String.format(Locale.ROOT, "%,d of %,d tokens are used", used.tokens(), limit);
  }

  /** For people: {@code $1.25}; small sums with as many digits as tell them from nothing. */
  public static String dollars(long microUsd) {
    return String.format(
        Locale.ROOT, microUsd < 10_000 && microUsd > 0 ? "$%.4f" : "$%.2f", microUsd / 1e6);
  }
}
