package io.hyperloop.sim;

import io.hyperloop.port.FakeLease;
import io.hyperloop.port.Lease.Held;
import io.hyperloop.port.WorkOrder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clones of one remote: another one that takes the lease whenever the rule permits, and what
 * ours was told of it. Watches that no two of them spend.
 */
final class Clones {
  private static final Duration TERM = Duration.ofMinutes(5);
  private static final Duration RENEWAL = Duration.ofMinutes(1);
  private static final int NEVER = Integer.MAX_VALUE;

  private final Simulation sim;
  private final FakeLease.Remote remote = new FakeLease.Remote();
  private final FakeLease theirs;
  private boolean working;
  private Instant theirsUntil = Instant.MIN;
  private int offline;

  // Of the process that lives now.
  private @Nullable Held told;
  private Instant asked = Instant.MIN;
  private boolean asking;
  private boolean clockMoved;
  private @Nullable String unsaid;

  /** How many cycles have found that it is to be renewed, and the last job that had begun then. */
  private int dueCycles;

  private int dueAt = NEVER;
  private int refusedAt = NEVER;
  private int cyclesSince;

  Clones(Simulation sim) {
    this.sim = sim;
    this.theirs = new FakeLease(remote, "theirs", sim.time::now);
  }

  FakeLease ours() {
    return new FakeLease(remote, "ours", sim.time::clock);
  }

  /** Another clone is about, as long as anything may fail. */
  void begin() {
    if (sim.shared) {
      later();
    }
  }

  private void later() {
    sim.time.in(Duration.ofSeconds(5 + sim.dice.below(50)), this::work);
  }

  private void work() {
    if (sim.faults.calm()) {
      leave();
      return;
    }
    if (!working) {
      working = sim.faults.strikes(Faults.Kind.CLONE) && holds();
    } else if (sim.dice.oneIn(12)) {
      leave();
    } else if (sim.dice.oneIn(12)) {
      working = false; // Killed: what it holds ends by itself.
    } else {
      working = holds();
    }
    later();
  }

  private void leave() {
    theirs.release();
    working = false;
    theirsUntil = Instant.MIN;
  }

  private boolean holds() {
    if (!(theirs.hold() instanceof Held.Ours)) {
      return false;
    }
    sim.trace("another clone works");
    sim.trace.count("another clone works");
    theirsUntil = sim.time.now().plus(TERM);
    return true;
  }

  private static void holds(boolean so, Invariant invariant, Object detail) {
    if (!so) {
      throw new Violation(invariant, detail.toString());
    }
  }

  private boolean theySpend() {
    return working && sim.time.now().isBefore(theirsUntil);
  }

  // What ours is told.

  /** A process begins. */
  void begins() {
    told = null;
    asking = false;
    clockMoved = false;
    unsaid = null;
    dueCycles = 0;
    refusedAt = NEVER;
    cyclesSince = 0;
  }

  /** The clock was put forward or back: what it says of the lease means nothing until renewed. */
  void clockMoved() {
    clockMoved = true;
  }

  void asks() {
    asking = true;
    asked = sim.time.clock();
    clockMoved = !sim.time.skew().isZero();
  }

  Held offline(String why) {
    offline++;
    sim.trace.count("lease offline");
    return new Held.Unknown(why + ", call " + offline);
  }

  /** So it was answered, while the last job that had begun was that one. */
  void told(Held held, int job) {
    asking = false;
    if (held instanceof Held.Theirs && !(told instanceof Held.Theirs)) {
      sim.trace.count(told == null ? "lease refused" : "lease lost");
      refusedAt = job;
    }
    if (held instanceof Held.Unknown unknown) {
      unsaid = unknown.why();
    }
    if (held instanceof Held.Ours && theySpend()) {
      holds(clockMoved, Invariant.ONE_CLONE_SPENDS, "taken from a clone that works");
      theirsUntil = Instant.MIN; // By a clock that is wrong; they will find out.
    }
    told = held;
    dueCycles = 0;
  }

  void warned(String text) {
    String why = unsaid;
    if (why != null && text.contains(why)) {
      unsaid = null;
    }
  }

  /** Whether this run may end because of another clone. */
  boolean refused() {
    return told instanceof Held.Theirs;
  }

  // What must hold.

  /** An agent is about to be started. */
  void starts(WorkOrder order) {
    if (!sim.shared) {
      return;
    }
    holds(told != null, Invariant.LEASE_FIRST, order.key() + " before anybody asked");
    holds(!refused(), Invariant.LEASE_FIRST, order.key() + " although " + told);
    holds(unsaid == null, Invariant.OFFLINE_IS_SAID, order.key() + " with nobody told: " + unsaid);
    boolean certain = told instanceof Held.Ours && !clockMoved;
    holds(
        !certain || !theySpend(),
        Invariant.ONE_CLONE_SPENDS,
        order.key() + " while another clone works until " + theirsUntil);
  }

  /** A cycle of ours decides, by that time on its clock. */
  void decides(Life life, Instant clock) {
    if (!sim.shared || told == null) {
      return;
    }
    if (refused()) {
      // One cycle may have been under way.
      cyclesSince += life.idleUpTo(refusedAt) ? 1 : 0;
      holds(cyclesSince < 2, Invariant.LEASE_LOST_ENDS_THE_RUN, "it goes on although " + told);
      return;
    }
    boolean due = Duration.between(asked, clock).compareTo(RENEWAL) >= 0;
    if (!due || asking || clockMoved) {
      dueCycles = 0;
      return;
    }
    dueCycles++;
    if (dueCycles == 2) { // The first may have begun before the answer was there.
      dueAt = life.jobs();
    }
    holds(
        dueCycles <= 2 || !life.idleUpTo(dueAt), Invariant.LEASE_IS_RENEWED, "not since " + asked);
  }
}
