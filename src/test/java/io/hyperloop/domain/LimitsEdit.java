package io.hyperloop.domain;

import org.jspecify.annotations.Nullable;

/** Limits with one thing changed. */
final class LimitsEdit {
  private final Limits from;
  private int workers;
  private int rounds;
  private int actions;
  private int attempts;
  private int replans;
  private int tasks;
  private int pmFailures;
  private Budget budget;
  private Quota quota;
  private @Nullable Forge forge;

  LimitsEdit(Limits from) {
    this.from = from;
    workers = from.maxWorkers();
    rounds = from.maxTaskRounds();
    actions = from.maxActionAttempts();
    attempts = from.maxWorkerAttempts();
    replans = from.maxReplans();
    tasks = from.maxTasksPerIntake();
    pmFailures = from.pmMaxFailures();
    budget = from.budget();
    quota = from.quota();
    forge = from.forge();
  }

  LimitsEdit workers(int value) {
    workers = value;
    return this;
  }

  LimitsEdit rounds(int value) {
    rounds = value;
    return this;
  }

  LimitsEdit actions(int value) {
    actions = value;
    return this;
  }

  LimitsEdit attempts(int value) {
    attempts = value;
    return this;
  }

  LimitsEdit replans(int value) {
    replans = value;
    return this;
  }

  LimitsEdit tasks(int value) {
    tasks = value;
    return this;
  }

  LimitsEdit pmFailures(int value) {
    pmFailures = value;
    return this;
  }

  LimitsEdit budget(Budget value) {
    budget = value;
    return this;
  }

  LimitsEdit quota(Quota value) {
    quota = value;
    return this;
  }

  LimitsEdit forge(Forge value) {
    forge = value;
    return this;
  }

  Limits done() {
    return new Limits(
        workers,
        rounds,
        actions,
        attempts,
        replans,
        tasks,
        pmFailures,
        from.pollInterval(),
        budget,
        quota,
        from.cast(),
        forge);
  }
}
