package io.hyperloop.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
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
          "PM breaks",
          "PM errs",
          "asked Accept",
          "asked AnswerSpec",
          "asked AnswerTask",
          "asked Approve",
          "RequestRefused",
          "SpecRemoved",
          "SpecRenamed",
          "TaskBlocked",
          "TaskFailed",
          "TaskMerged");

  static LongStream seeds(int count) {
    Long one = Long.getLong("sim.seed");
    long first = Long.getLong("sim.first", 0);
    return one != null ? LongStream.of(one) : LongStream.range(first, first + count);
  }

  @Test
  void whateverHappensItHoldsAndComesToAnEndOnceNothingFails() {
    Map<String, Integer> reached = new TreeMap<>();
    seeds(SEEDS)
        .forEach(seed -> {
          var simulation = new Simulation(seed, KnownBug.NONE);
          simulation.run();
          simulation.trace.counts().forEach((what, n) -> reached.merge(what, n, Integer::sum));
        });
    if (Long.getLong("sim.seed") == null) {
      assertThat(reached).containsKeys(REACHED.toArray(String[]::new));
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    seeds(50)
        .forEach(seed -> {
          var one = new Simulation(seed, KnownBug.NONE);
          var other = new Simulation(seed, KnownBug.NONE);
          one.run();
          other.run();
          assertThat(one.trace.lines()).isEqualTo(other.trace.lines());
          assertThat(one.trace.hash()).isEqualTo(other.trace.hash());
        });
  }
}
