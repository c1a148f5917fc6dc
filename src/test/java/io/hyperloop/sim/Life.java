package io.hyperloop.sim;

import io.hyperloop.domain.Problem;
import io.hyperloop.loop.Bell;
import io.hyperloop.loop.Ending;
import io.hyperloop.loop.InvariantViolation;
import io.hyperloop.loop.Kept;
import io.hyperloop.loop.Orders;
import io.hyperloop.loop.Ports;
import io.hyperloop.loop.Reconciler;
import io.hyperloop.port.Lease;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Publishing;
import io.hyperloop.sim.Strands.Strand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One process of the orchestrator, from its start to its end: its threads, and its wires to the
 * world. On the way through a wire others may go on, the call may fail, or the process be killed.
 */
final class Life implements Executor {
  private final Simulation sim;
  private final Strands strands = new Strands();
  private final NavigableMap<Integer, Strand> jobs = new TreeMap<>();
  private final Reconciler reconciler;
  private final Strand loop;
  private final Ports ports;
  private boolean killed;
  private boolean rung;
  private @Nullable Instant waitsUntil;
  private @Nullable Ending ending;
  private boolean told;
  private int jobCount;
  private long cycles;
  private Consumer<Life> everyTurn = life -> {};

  Life(Simulation sim) {
    this.sim = sim;
    ports =
        sim.bug.ports(
            new Ports(
                new SimSpecs(sim, this),
                new SimStore(sim, this),
                new SimRuntime(sim, this),
                new SimTrunk(sim, this),
                new SimTemplates(sim, this),
                new SimInbox(sim, this),
                sim.shared ? new SimLease(sim, this) : Lease.UNSHARED,
                sim.means.counted ? sim.books : Ledger.NONE,
                sim.limits.forge() == null ? Publishing.NONE : new SimPublishing(sim, this),
                entry -> sim.told(entry.event())));
    reconciler =
        new Reconciler(
            ports,
            new Orders(ports.specs()),
            sim.limits,
            new Reconciler.Mode(sim.watch, 0),
            sim.time::clock,
            sim.bug.executor(this),
            new Waiting(),
            (state, sight, limits, now) ->
                sim.decided(this, state, sight, sim.bug.rules(), limits, now));
    loop = strands.strand("loop", this::run);
  }

  private void run() {
    try {
      ending = reconciler.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waiting hands over to whoever is chosen. */
  private final class Waiting extends Bell {
    @Override
    public void ring() {
      rung = true;
    }

    @Override
    protected void await(Duration atMost) {
      alive();
      waitsUntil = sim.time.now().plus(atMost);
      cycles++;
      strands.pause();
      alive();
      waitsUntil = null;
      rung = false;
    }
  }

  @Override
  public void execute(Runnable job) {
    jobCount++;
    jobs.put(jobCount, strands.strand("job " + jobCount, job));
  }

  /** What is called at every turn of its threads. */
  void start(Consumer<Life> atEveryTurn) {
    everyTurn = atEveryTurn;
  }

  /** Lives until it ends by itself, gives its ending; null if it was killed or failed. */
  @Nullable Ending live() {
    while (!loop.done() && !killed) {
      turn(true);
    }
    while (!jobs.isEmpty() && !killed) {
      turn(false);
    }
    if (killed) {
      unwind();
      return null;
    }
    sim.witness.exited();
    return ending;
  }

  /** How many cycles it has done. */
  long cycles() {
    return cycles;
  }

  /** Whether it is between two cycles. */
  boolean waits() {
    return waitsUntil != null;
  }

  int kept() {
    return Kept.by(reconciler);
  }

  /** How many jobs have begun. */
  int jobs() {
    return jobCount;
  }

  /** Whether the jobs up to that one are done. */
  boolean idleUpTo(int job) {
    return jobs.isEmpty() || jobs.firstKey() > job;
  }

  boolean killed() {
    return killed;
  }

  /** Asks it to end; tells whether that is the first time. */
  boolean stop() {
    if (told) {
      return false;
    }
    told = true;
    sim.trace("asked to stop");
    reconciler.stop();
    return true;
  }

  private void turn(boolean looping) {
    sim.turn();
    everyTurn.accept(this);
    while (sim.time.fire()) {
      // Whatever is due by now.
    }
    if (looping && sim.faults.strikes(Faults.Kind.STOP)) {
      stop();
    }
    var ready = new ArrayList<>(jobs.values());
    Instant until = waitsUntil;
    if (looping && (until == null || rung || !sim.time.now().isBefore(until))) {
      ready.add(loop);
    }
    Instant next = sim.time.next();
    if (ready.isEmpty()) {
      Instant then = next == null || (until != null && until.isBefore(next)) ? until : next;
      sim.time.until(then == null ? sim.time.now().plusSeconds(1) : then);
    } else if (next != null && sim.dice.oneIn(40)) {
      sim.time.until(next);
    } else {
      go(sim.dice.pick(ready));
    }
  }

  private void go(Strand strand) {
    strands.resume(strand);
    if (!strand.done()) {
      return;
    }
    boolean ignored = jobs.values().remove(strand);
    switch (strand.failure()) {
      case null -> {}
      case Crash _ -> killed = true;
      case Violation violation -> throw violation;
      case InvariantViolation violation ->
          throw new Violation(Invariant.DOMAIN, violation.toString());
      case PortFailure failure when strand.equals(loop) -> gaveUp(failure);
      case Throwable bug -> throw bug(strand, bug);
    }
  }

  private void gaveUp(PortFailure failure) {
    sim.trace("gave up: " + failure.getMessage());
    if (failure.text().contains("in another clone") && !sim.clones.refused()) {
      throw new Violation(Invariant.LEASE_LOST_ENDS_THE_RUN, "nobody has it: " + failure);
    }
  }

  private static Violation bug(Strand strand, Throwable bug) {
    var violation = new Violation(Invariant.NO_BUG, strand + ": " + bug);
    violation.initCause(bug);
    return violation;
  }

  /** What is left of the threads of a process that is gone: nothing they do has an effect. */
  private void unwind() {
    var left = new ArrayList<>(jobs.values());
    left.add(loop);
    for (Strand strand : left) {
      while (strand.begun() && !strand.done()) {
        strands.resume(strand);
      }
    }
  }

  private void alive() {
    if (killed) {
      throw new Crash();
    }
  }

  /** A wire that changes nothing in the world. */
  <T> T read(String what, Supplier<T> read) {
    pause(what);
    if (sim.faults.strikes(Faults.Kind.CALL_FAILS) && sim.dice.oneIn(8)) {
      throw failure(what);
    }
    T result = read.get();
    if (sim.dice.oneIn(4)) {
      pause("after " + what); // What was read is old by the time it is looked at.
    }
    return result;
  }

  /** A wire that changes something in the world. */
  <T> T call(String what, Supplier<T> effect) {
    pause(what);
    if (sim.faults.strikes(Faults.Kind.CALL_FAILS)) {
      throw failure(what);
    }
    T result = effect.get();
    sim.trace(what + " -> " + result);
    pause("after " + what);
    if (sim.faults.strikes(Faults.Kind.REPLY_LOST)) {
      throw failure("the reply to " + what);
    }
    return result;
  }

  private PortFailure failure(String what) {
    sim.trace.count("call failed");
    sim.trace("fails: " + what);
    return new PortFailure(Problem.environment("it does not work: " + what, "", "wait"));
  }

  /** Calls back as long as this process lives. */
  Runnable whileAlive(Runnable wake) {
    return () -> {
      if (!killed) {
        wake.run();
      }
    };
  }

  private void pause(String where) {
    alive();
    if (sim.faults.strikes(Faults.Kind.CRASH)) {
      sim.trace.count("killed");
      sim.trace("killed at " + where);
      killed = true;
      throw new Crash();
    }
    sim.paused();
    if (sim.dice.oneIn(3)) {
      strands.pause();
      alive();
    }
  }
}
