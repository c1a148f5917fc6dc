package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Event;
import io.hyperloop.port.FakeLease;
import io.hyperloop.port.Lease;
import io.hyperloop.port.PortFailure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Two clones of one remote never both spend. */
class LeasingTest {
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  private final FakeLease.Remote remote = new FakeLease.Remote();
  private final LoopWorld world = new LoopWorld();

  private FakeLease of(String clone) {
    return new FakeLease(remote, clone, () -> now);
  }

  @Test
  void whereAnotherCloneWorksNoAgentStarts() {
    world.specs.write("specs/a.md", "# A");
    world.lease = of("ours");
    assertThat(of("theirs").hold()).isEqualTo(new Lease.Held.Ours());
    assertThatThrownBy(world::run)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("in another clone: theirs");
    assertThat(world.agents.started()).isEmpty();
  }

  /** A lease, after each of whose answers something happens. */
  private record Then(Lease lease, Runnable then) implements Lease {
    @Override
    public Held hold() {
      Held held = lease.hold();
      then.run();
      return held;
    }

    @Override
    public void release() {
      lease.release();
    }
  }

  private Leasing answeringAfter(Duration time) {
    return new Leasing(new Then(of("ours"), () -> now = now.plus(time)), () -> now, warning -> {});
  }

  @Test
  void theTimeOfALeaseRunsFromWhenItWasAskedFor() {
    Leasing leasing = answeringAfter(Duration.ofMinutes(3));
    leasing.beforeAgent();
    assertThat(leasing.held()).isTrue();
    now = now.plus(Duration.ofMinutes(1));
    assertThat(leasing.held()).as("a minute before another may take it").isFalse();
  }

  @Test
  void onceAnotherCloneHasItNothingMayStart() {
    Leasing leasing = answeringAfter(Duration.ZERO);
    leasing.beforeAgent();
    now = now.plus(Duration.ofMinutes(6));
    assertThat(of("theirs").hold()).isEqualTo(new Lease.Held.Ours());
    assertThatThrownBy(leasing::renew).isInstanceOf(PortFailure.class);
    assertThat(leasing.held()).isFalse();
  }

  @Test
  void anAgentWhoseLeaseRanOutBeforeItStartedStartsOnceItIsHeldAgain() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    Duration late = Duration.ofMinutes(5);
    world.leasing = sound -> new Then(sound, () -> world.passed = late);
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.lease.asked()).isGreaterThan(1);
    assertThat(world.events)
        .contains(
            new Event.PlanningEnded(1, "ended by us: the lease ran out before it could start"));
  }

  @Test
  void aRemoteOutOfReachIsToldAndTheWorkGoesOn() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.lease.offline("no network");
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.events)
        .contains(
            new Event.Warned(
                "whether another clone works at the same time cannot be told: no network"));
  }

  @Test
  void aRunThatStartsNoAgentNeverAsks() throws InterruptedException {
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.lease.asked()).isZero();
  }

  @Test
  void itIsRenewedWhileSavingIsHeldUp() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.lease = of("ours");
    int[] asked = new int[2];
    world.onEvent =
        event -> {
          if (event instanceof Event.TaskCreated) {
            asked[0] = world.lease.asked();
            world.store.hold("a merge is under way");
          } else if (event instanceof Event.Warned) {
            asked[1] = world.lease.asked();
            world.store.hold(null);
          }
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(asked[1]).isGreaterThan(asked[0]);
  }

  @Test
  void itIsRenewedWhileTheRunLastsAndGivenBackAtItsEnd() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.lease = of("ours");
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    // Each event of this world takes a minute.
    assertThat(world.lease.asked()).isGreaterThan(2);
    assertThat(of("theirs").hold()).isEqualTo(new Lease.Held.Ours());
  }
}
