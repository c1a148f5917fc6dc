package io.hyperloop.sim;

import io.hyperloop.port.FakeLease;
import io.hyperloop.port.Lease;
import io.hyperloop.port.PortFailure;
import java.time.Duration;

/** The wire to the lease at the remote: slow now and then, away, or cut once the ref has moved. */
final class SimLease implements Lease {
  private final Simulation sim;
  private final Life life;
  private final FakeLease lease;

  SimLease(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
    this.lease = sim.clones.ours();
  }

  @Override
  public Held hold() {
    sim.clones.asks();
    Held held = asked();
    sim.clones.told(held, life.jobs());
    return held;
  }

  private Held asked() {
    if (sim.faults.strikes(Faults.Kind.LEASE)) {
      return sim.clones.offline("away");
    }
    try {
      return life.call(
          "hold the lease",
          () -> {
            Held held = lease.hold();
            if (sim.faults.strikes(Faults.Kind.LEASE)) {
              sim.trace.count("lease slow");
              sim.time.pass(Duration.ofSeconds(sim.dice.below(180)));
            }
            return held;
          });
    } catch (PortFailure e) {
      return sim.clones.offline(e.text());
    }
  }

  @Override
  public void release() {
    try {
      boolean ignored =
          life.call(
              "give the lease back",
              () -> {
                lease.release();
                return true;
              });
    } catch (PortFailure e) {
      sim.trace("the lease ends by itself");
    }
  }
}
