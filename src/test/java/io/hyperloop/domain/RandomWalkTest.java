package io.hyperloop.domain;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random walks over pipelines, graphs and outcomes. After every step {@link World} checks the
 * invariants, the slots, one job a task, and that deciding again changes nothing. A failing walk is
 * replayed with {@code -Dwalk.seed=N}.
 */
class RandomWalkTest {
  private static final int SEEDS = 150;
  private static final int STEPS = 250;

  static LongStream seeds() {
    Long one = Long.getLong("walk.seed");
    return one != null ? LongStream.of(one) : LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverHappensItHoldsAndComesToAnEndOnceAllGoesWell(long seed) {
    var walk = new Walk(seed);
    try {
      walk.stumble(STEPS);
      walk.comeToAnEnd();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "replay with -Dwalk.seed=" + seed + "\n" + walk.journal() + "\n" + e, e);
    }
  }
}
