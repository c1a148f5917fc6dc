package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every lease does, seen from two clones of one remote. */
public abstract class LeaseContract {
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  /** The lease of one of the clones; a new one for each call, as after a restart. */
  protected abstract Lease lease(String clone);

  /** Puts the remote out of reach of one that was given before. */
  protected abstract void offline(Lease lease);

  protected final Instant now() {
    return now;
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @Test
  void whoComesFirstHasIt() {
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
    assertThat(lease("b").hold())
        .isInstanceOfSatisfying(
            Lease.Held.Theirs.class,
            theirs -> assertThat(theirs.who()).contains("until 2026-11-22T10:05:00Z"));
  }

  @Test
  void itIsKeptAsLongAsItIsRenewed() {
    Lease first = lease("a");
    for (int minute = 0; minute < 12; minute++) {
      assertThat(first.hold()).isEqualTo(new Lease.Held.Ours());
      pass(Duration.ofMinutes(1));
    }
    assertThat(lease("b").hold()).isInstanceOf(Lease.Held.Theirs.class);
  }

  @Test
  void aCloneThatWasKilledGoesOnAtOnce() {
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
  }

  @Test
  void whatIsNotRenewedEnds() {
    Lease first = lease("a");
    assertThat(first.hold()).isEqualTo(new Lease.Held.Ours());
    pass(Duration.ofMinutes(6));
    assertThat(lease("b").hold()).isEqualTo(new Lease.Held.Ours());
    assertThat(first.hold()).isInstanceOf(Lease.Held.Theirs.class);
  }

  @Test
  void whatWasGivenBackIsFree() {
    Lease first = lease("a");
    assertThat(first.hold()).isEqualTo(new Lease.Held.Ours());
    first.release();
    first.release();
    assertThat(lease("b").hold()).isEqualTo(new Lease.Held.Ours());
  }

  @Test
  void nobodyGivesBackWhatIsAnothers() {
    assertThat(lease("a").hold()).isEqualTo(new Lease.Held.Ours());
    Lease second = lease("b");
    assertThat(second.hold()).isInstanceOf(Lease.Held.Theirs.class);
    second.release();
    assertThat(lease("b").hold()).isInstanceOf(Lease.Held.Theirs.class);
  }

  @Test
  void aRemoteOutOfReachIsSaid() {
    Lease lease = lease("a");
    offline(lease);
    assertThat(lease.hold()).isInstanceOf(Lease.Held.Unknown.class);
    lease.release();
  }
}
