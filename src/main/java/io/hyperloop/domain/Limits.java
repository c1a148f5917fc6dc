package io.hyperloop.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The bounds within which {@code decide} moves. */
public record Limits(
    int maxWorkers,
    int maxTaskRounds,
    int maxActionAttempts,
    int maxWorkerAttempts,
    int maxReplans,
    int maxTasksPerIntake,
    int pmMaxFailures,
    Duration pollInterval,
    Budget budget,
    Quota quota,
    Cast cast,
    @Nullable Forge forge) {

  public static final Limits DEFAULT = new Limits(6, 50, 3, 3, 3, 100, 5, Duration.ofSeconds(30));

  /** Set-ups of a work tree that may fail in a row. */
  public static final int SETUP_ATTEMPTS_MAX = 3;

  /** Without a bound on what agents use. */
  public Limits(
      int maxWorkers,
      int maxTaskRounds,
      int maxActionAttempts,
      int maxWorkerAttempts,
      int maxReplans,
      int maxTasksPerIntake,
      int pmMaxFailures,
      Duration pollInterval) {
    this(
        maxWorkers,
        maxTaskRounds,
        maxActionAttempts,
        maxWorkerAttempts,
        maxReplans,
        maxTasksPerIntake,
        pmMaxFailures,
        pollInterval,
        Budget.NONE,
        Quota.DEFAULT,
        Cast.DEFAULT,
        null);
  }

  /** The same with other programs. */
  public Limits withCast(Cast other) {
    return new Limits(
        maxWorkers,
        maxTaskRounds,
        maxActionAttempts,
        maxWorkerAttempts,
        maxReplans,
        maxTasksPerIntake,
        pmMaxFailures,
        pollInterval,
        budget,
        quota,
        other,
        forge);
  }

  /** The same where work goes through pull requests there. */
  public Limits withForge(@Nullable Forge other) {
    return new Limits(
        maxWorkers,
        maxTaskRounds,
        maxActionAttempts,
        maxWorkerAttempts,
        maxReplans,
        maxTasksPerIntake,
        pmMaxFailures,
        pollInterval,
        budget,
        quota,
        cast,
        other);
  }

  public Limits {
    if (maxWorkers < 1
        || maxTaskRounds < 1
        || maxActionAttempts < 1
        || maxWorkerAttempts < 1
        || maxReplans < 1
        || maxTasksPerIntake < 1
        || pmMaxFailures < 1
        || pollInterval.isNegative()) {
      throw new IllegalArgumentException("limits are at least 1");
    }
  }
}
