package io.hyperloop.sim;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.port.SpecSource;
import java.util.Map;

/** The wire to the specs. */
final class SimSpecs implements SpecSource {
  private final Simulation sim;
  private final Life life;

  SimSpecs(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
  }

  @Override
  public String tip() {
    return life.read("tip", sim.specs::tip);
  }

  @Override
  public Map<String, Spec> at(String tip, Map<String, Handled> handled) {
    return life.read("specs", () -> sim.specs.at(tip, handled));
  }

  @Override
  public String text(SpecRef version) {
    return life.read("text " + version.abbreviated(), () -> sim.specs.text(version));
  }

  @Override
  public String diff(SpecRef from, SpecRef to) {
    return life.read("diff " + to.abbreviated(), () -> sim.specs.diff(from, to));
  }

  @Override
  public void pin(SpecRef version) {
    boolean ignored =
        life.read(
            "pin " + version.abbreviated(),
            () -> {
              sim.specs.pin(version);
              return true;
            });
  }

  @Override
  public void onChange(Runnable wake) {
    sim.specs.onChange(life.whileAlive(wake));
  }
}
