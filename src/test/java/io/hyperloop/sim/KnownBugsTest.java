package io.hyperloop.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the simulation finds nothing proves something only if it finds what is there. */
class KnownBugsTest {
  private static final long SEEDS = 2_000;

  @ParameterizedTest
  @CsvSource({
    "FORGETS_FINDINGS, FINDINGS_KEPT",
    "IGNORES_DEPS, DOMAIN DECIDES_ONCE",
    "ONE_WORKER_TOO_MANY, MAX_WORKERS",
    "NEVER_COUNTS_ATTEMPTS, COUNTED_ONCE",
    "ENDLESS_ROUNDS, DOMAIN",
    "SILENCE_IS_A_PASS, NO_PASS_WITHOUT_VERDICT",
    "EVERY_MERGE_SUCCEEDS, NO_PASS_WITHOUT_VERDICT",
    "APPROVES_ANY_HEAD, NO_PASS_WITHOUT_VERDICT",
    "MISSES_EDITS, WITHIN_LIMITS IN_SYNC_IS_TRUE CONVERGES",
    "STARTS_WHILE_STOPPING, STOPS",
    "NO_ROOM_COUNTS, UNCOUNTED",
    "RESTLESS, DECIDES_ONCE",
    "TASK_LIMIT_IGNORED, TASK_LIMIT",
    "PARKED_STARTS, RESTS_UNTIL_RESET",
    "CIRCLES_UNSEEN, CIRCLES_END",
    "RETRY_FROM_THE_FIRST_STEP, RETRY_RESUMES",
    "PARKED_GOES_TO_THE_PM, PARKED_IS_FOR_PEOPLE",
    "BUDGET_ONLY_AT_START, BUDGET_FIRST",
    "RESET_FORGOTTEN, RESTS_UNTIL_RESET",
    "WORKERS_DO_NOT_END, ONE_REPLY_TOO_MANY",
    "LAZY_STORE, ENTERED_BEFORE_ACTED",
    "SECOND_WORKER, MAX_WORKERS ONE_WORKER_PER_TASK",
    "EARLY_RELEASE, ENDS_ARE_RECORDED",
    "STALE_SIGHT, MAX_WORKERS ONE_WORKER_PER_TASK ENDS_ARE_RECORDED",
    "EAGER_INBOX, REQUESTS_ARE_RECORDED",
    "LEASE_NEVER_ASKED, LEASE_FIRST",
    "LEASE_NEVER_RENEWED, LEASE_IS_RENEWED",
    "LEASE_LOSS_UNHEARD, LEASE_FIRST LEASE_LOST_ENDS_THE_RUN",
    "OFFLINE_IS_SILENT, OFFLINE_IS_SAID",
    "OFFLINE_ENDS_IT, LEASE_LOST_ENDS_THE_RUN",
    "BLIND_TRUNK, MERGED_ONCE",
    "LOSES_JOBS, CONVERGES"
  })
  void theSimulationFindsIt(KnownBug bug, String invariants) {
    Optional<Violation> found = new Seeds(0, SEEDS).violation(bug);
    assertThat(found).as("a violation by " + bug + " within " + SEEDS + " seeds").isPresent();
    assertThat(invariants.split(" "))
        .as(found.get().getMessage())
        .contains(found.get().invariant().name());
  }
}
