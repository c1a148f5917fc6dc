package io.hyperloop.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Worlds by seed. A failing one prints its seed and what led to it, and is replayed with {@code
 * -Dsim.seed=N}; {@code -Dsim.trace=1000} prints more of it.
 */
class SimulationTest {
  private static final int SEEDS = 2000;

  /** What a run of all seeds must have come across, or else it proves less than it says. */
  private static final List<String> REACHED =
      List.of(
          "killed",
          "call failed",
          "save held",
          "sync failed",
          "lease offline",
          "lease slow",
          "lease refused",
          "lease lost",
          "another clone works",
          "no room",
          "overlay broken",
          "pipeline changed",
          "clock jumped",
          "merge failed",
          "merged by hand",
          "delivery refused",
          "agent says FAIL",
          "agent says QUESTION",
          "agent QUOTA",
          "agent FOUND_AT_START",
          "reply",
          "allowance told",
          "program parked",
          "limits raised",
          "retry taken",
          "circles by content",
          "circles by findings",
          "merges without a budget",
          "beyond its limit, with no agent to come",
          "new day",
          "PM breaks",
          "PM errs",
          "asked Accept",
          "asked AnswerSpec",
          "asked AnswerTask",
          "asked Approve",
          "asked Retry",
          "Parked",
          "RequestRefused",
          "SpecRemoved",
          "SpecRenamed",
          "TaskBlocked",
          "TaskFailed",
          "TaskMerged");

  @Test
  void whateverHappensItHoldsAndComesToAnEndOnceNothingFails() {
    Seeds seeds = Seeds.of(SEEDS);
    Seeds.Reached reached = seeds.run(KnownBug.NONE);
    if (seeds.count() >= SEEDS) {
      assertThat(reached.times()).containsKeys(REACHED.toArray(String[]::new));
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 0; seed < 50; seed++) {
      var one = new Simulation(seed, KnownBug.NONE);
      var other = new Simulation(seed, KnownBug.NONE);
      one.run();
      other.run();
      assertThat(one.trace.lines()).isEqualTo(other.trace.lines());
      assertThat(one.trace.hash()).isEqualTo(other.trace.hash());
    }
  }
}
