package io.hyperloop.sim;

import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates;
import java.time.Duration;

/** The wire to the overlay, which people break now and then. */
final class SimTemplates implements Templates {
  private final Simulation sim;
  private final Life life;

  SimTemplates(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
  }

  @Override
  public Playbook at(String tip) {
    return life.read("templates", this::build);
  }

  private Playbook build() {
    if (sim.faults.strikes(Faults.Kind.TEMPLATES)) {
      sim.trace.count("overlay broken");
      sim.overlay.breakFor(Duration.ofSeconds(1 + sim.dice.below(600)), sim.dice.oneIn(2));
    }
    PortFailure failure = sim.overlay.failure();
    if (failure != null) {
      throw failure;
    }
    return sim.overlay.playbook();
  }
}
