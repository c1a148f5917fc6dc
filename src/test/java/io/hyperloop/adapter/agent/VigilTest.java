package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VigilTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** Monotonic clocks may stand anywhere, and pass zero. */
  private static final long BEGIN = Duration.ofSeconds(-5).toNanos();

  private final Vigil vigil =
      new Vigil(
          new Deadlines(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofMinutes(45)),
          BEGIN);

  @Test
  void anAgentThatSaysNothingAtFirstIsStalledSoonerThanOneThatSpoke() {
    assertThat(vigil.next()).isEqualTo(at(120));
    assertThat(overdue(119)).isEmpty();
    assertThat(overdue(120)).contains(Breakage.STALLED);

    vigil.stirred(at(119));

    assertThat(overdue(120)).isEmpty();
    assertThat(vigil.next()).isEqualTo(at(719));
    assertThat(overdue(719)).contains(Breakage.STALLED);
  }

  @Test
  void anAgentThatStirsForEverTimesOut() {
    for (int second = 0; second < 2700; second++) {
      vigil.stirred(at(second));
      assertThat(overdue(second)).isEmpty();
    }
    assertThat(overdue(2700)).contains(Breakage.TIMED_OUT);
  }

  @Test
  void whatWeSleptThroughIsNotTheAgentsSilence() {
    vigil.slept(Duration.ofHours(8), at(28_800));

    assertThat(overdue(28_900)).isEmpty();
    assertThat(overdue(28_920)).contains(Breakage.STALLED);
  }

  @Test
  void onlyAMinuteAfterASleepIsItsAftermath() {
    assertThat(vigil.inAftermath(at(1))).isFalse();

    vigil.slept(Duration.ZERO, at(100));

    assertThat(vigil.inAftermath(at(159))).isTrue();
    assertThat(vigil.inAftermath(at(160))).isFalse();
  }

  private Optional<Breakage> overdue(int second) {
    return vigil.overdue(at(second)).map(Harness.Ending.Broken::kind);
  }

  private static long at(int second) {
    return BEGIN + second * SECOND;
  }
}
