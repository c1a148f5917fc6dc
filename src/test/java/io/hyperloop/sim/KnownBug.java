package io.hyperloop.sim;

import io.hyperloop.domain.Decide;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.loop.Ports;
import io.hyperloop.loop.Rules;
import io.hyperloop.port.FakeTrunk;
import io.hyperloop.port.Trunk;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** Bugs that can be switched on, to see that the simulation finds them. */
@SuppressWarnings("ImmutableEnumChecker") // Functions that keep nothing.
enum KnownBug {
  NONE(Decide::decide),

  // Bugs of decisions.
  /** A round fails, and nobody ever learns why. */
  FORGETS_FINDINGS(BrokenRules.onNext(BrokenRules::withoutNewReviews)),
  /** Tasks start whether or not what they wait for is there. */
  IGNORES_DEPS(BrokenRules::ignoringDeps),
  ONE_WORKER_TOO_MANY(BrokenRules.onLimits(BrokenRules::oneWorkerMore)),
  /** An agent that crashes is started again for ever. */
  NEVER_COUNTS_ATTEMPTS(BrokenRules.onNext(BrokenRules::withoutAttempts)),
  ENDLESS_ROUNDS(BrokenRules.onLimits(BrokenRules::endlessRounds)),
  /** No verdict counts as a pass. */
  SILENCE_IS_A_PASS(BrokenRules.onEnds(BrokenRules::passing)),
  /** A merge that did not come about counts as one. */
  EVERY_MERGE_SUCCEEDS(BrokenRules.onEnds(BrokenRules::merging)),
  /** An approval stands for whatever the branch holds now. */
  APPROVES_ANY_HEAD(BrokenRules::approvingAnyHead),
  /** Only new specs are noticed, not edited ones. */
  MISSES_EDITS(BrokenRules::missingEdits),
  STARTS_WHILE_STOPPING(BrokenRules::neverStopping),
  /** That the disk was full is taken for a crash. */
  NO_ROOM_COUNTS(BrokenRules.onEnds(BrokenRules::crashing)),
  /** Every cycle finds something to change. */
  RESTLESS(BrokenRules.onNext(BrokenRules::restless)),

  TASK_LIMIT_IGNORED(BrokenThrift::ignoringTaskLimits),
  /** A program that is out of quota is started all the same. */
  PARKED_STARTS(BrokenThrift::ignoringRests),
  /** A task that only people can help goes on for ever. */
  CIRCLES_UNSEEN(BrokenThrift::unendingCircles),
  RETRY_FROM_THE_FIRST_STEP(BrokenThrift::retryingFromTheFirstStep),
  /** Tasks without means are replanned. */
  PARKED_GOES_TO_THE_PM(BrokenThrift::replanningTheParked),

  // Bugs of what the loop works with.
  /** What was spent is looked at once, at the start. */
  BUDGET_ONLY_AT_START(BrokenThrift::budgetAtStart),
  /** A restart knows nothing of quotas. */
  RESET_FORGOTTEN(BrokenThrift::forgettingResets),
  /** A worker is told to end, and goes on. */
  WORKERS_DO_NOT_END(BrokenThrift::deafWorkers),
  /** A save is acknowledged, and made when the next one comes. */
  LAZY_STORE(BrokenPorts::lazyStore),
  /** Ensuring starts an agent each time. */
  SECOND_WORKER(BrokenPorts::secondWorker),
  /** An end is let go as soon as it was seen. */
  EARLY_RELEASE(BrokenPorts::earlyRelease),
  /** The runtime tells how things were the last time. */
  STALE_SIGHT(BrokenPorts::staleSight),
  /** A request is dropped as soon as it was read. */
  EAGER_INBOX(BrokenPorts::eagerInbox),
  /** Nobody asks for the lease. */
  LEASE_NEVER_ASKED(BrokenLease.neverAsked()),
  LEASE_NEVER_RENEWED(BrokenLease.neverRenewed()),
  /** It goes on although another clone has the lease. */
  LEASE_LOSS_UNHEARD(BrokenLease.lossUnheard()),
  /** That the remote is away is told to nobody. */
  OFFLINE_IS_SILENT(BrokenLease.silentOffline()),
  /** It ends because the remote is away. */
  OFFLINE_ENDS_IT(BrokenLease.offlineIsTheirs()),
  /** It merges without looking whether it has. */
  BLIND_TRUNK(ports -> ports) {
    @Override
    MergeEnd merge(FakeTrunk trunk, Trunk.MergeOrder order) {
      return order.head().equals(trunk.branches().get(order.branch()))
          ? new MergeEnd.Merged(trunk.baseWrites("log", order.task().toString()), order.head())
          : trunk.merge(order);
    }
  },
  /** One job in fifty never runs. */
  LOSES_JOBS(ports -> ports) {
    @Override
    Executor executor(Executor executor) {
      int[] jobs = new int[1];
      return job -> {
        jobs[0]++;
        if (jobs[0] % 50 != 0) {
          executor.execute(job);
        }
      };
    }
  };

  private final Rules rules;
  private final UnaryOperator<Ports> ports;

  KnownBug(Rules rules) {
    this.rules = rules;
    this.ports = all -> all;
  }

  KnownBug(UnaryOperator<Ports> ports) {
    this.rules = Decide::decide;
    this.ports = ports;
  }

  Ports ports(Ports sound) {
    return ports.apply(sound);
  }

  Executor executor(Executor executor) {
    return executor;
  }

  /** Whether other clones share the remote. */
  boolean shared() {
    return this != LOSES_JOBS; // What it loses first is a renewal, and that is another bug.
  }

  Rules rules() {
    return rules;
  }

  MergeEnd merge(FakeTrunk trunk, Trunk.MergeOrder order) {
    return trunk.merge(order);
  }
}
