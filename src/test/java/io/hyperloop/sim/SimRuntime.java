package io.hyperloop.sim;

import io.hyperloop.domain.JobKey;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.WorkOrder;
import java.time.Duration;
import java.util.List;

/** The wire to where agents run. */
final class SimRuntime implements AgentRuntime {
  private final Simulation sim;
  private final Life life;

  SimRuntime(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
  }

  @Override
  public void ensure(WorkOrder order) {
    sim.clones.starts(order);
    String ignored = life.call("ensure " + order.key(), () -> sim.agents.begin(order));
  }

  @Override
  public Observed observe() {
    return life.read("observe", () -> sim.agents.runtime().observe());
  }

  /** An agent that is ended takes its time. */
  @Override
  public void end(JobKey key, String why) {
    boolean ignored =
        life.call(
            "end " + key,
            () -> {
              sim.agents.end(key, why, Duration.ofSeconds(sim.dice.below(10)));
              return true;
            });
  }

  @Override
  public void release(JobKey key) {
    boolean ignored =
        life.call(
            "release " + key,
            () -> {
              sim.witness.released(key);
              sim.agents.runtime().release(key);
              return true;
            });
  }

  @Override
  public List<String> recover() {
    return life.call("recover", () -> sim.agents.runtime().recover());
  }

  @Override
  public void onChange(Runnable wake) {
    sim.agents.onChange(life.whileAlive(wake));
  }

  @Override
  public void endAll(String why) {
    boolean ignored =
        life.call(
            "end all",
            () -> {
              sim.agents.endAll(why);
              sim.witness.endedAll();
              return true;
            });
  }
}
