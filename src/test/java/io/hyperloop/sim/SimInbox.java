package io.hyperloop.sim;

import io.hyperloop.domain.Request;
import io.hyperloop.port.Inbox;
import java.util.List;

/** The wire to the inbox. */
final class SimInbox implements Inbox {
  private final Simulation sim;
  private final Life life;

  SimInbox(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
  }

  @Override
  public List<Request> pending() {
    return life.read("inbox", sim.inbox::pending);
  }

  @Override
  public void discard(String id) {
    boolean ignored =
        life.call(
            "discard " + id,
            () -> {
              sim.witness.discarded(id);
              sim.inbox.discard(id);
              return true;
            });
  }

  @Override
  public void onChange(Runnable wake) {
    sim.inbox.onChange(life.whileAlive(wake));
  }
}
