package io.hyperloop.sim;

import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Trunk;
import java.util.List;

/** The wire to the base branch. */
final class SimTrunk implements Trunk {
  private final Simulation sim;
  private final Life life;

  SimTrunk(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
  }

  @Override
  public MergeEnd merge(MergeOrder order) {
    return life.call("merge " + order.task(), () -> merged(order));
  }

  private MergeEnd merged(MergeOrder order) {
    if (sim.faults.strikes(Faults.Kind.MERGE)) {
      sim.trace.count("merge failed");
      return switch (sim.dice.below(9)) {
        case 0, 1 -> new MergeEnd.Conflict(List.of("src/a.c"), sim.specs.tip());
        case 2, 3 -> new MergeEnd.NotYet("a person's file " + sim.dice.below(2));
        case 4, 5 -> new MergeEnd.Moved();
        case 6, 7 -> new MergeEnd.Failed("disk full");
        default -> new MergeEnd.Refused("closed");
      };
    }
    return sim.limits.forge() == null ? sim.land(order) : sim.hub.merge(order);
  }

  @Override
  public boolean contains(TaskId task, String head) {
    return life.read("contains " + task, () -> sim.trunk.contains(task, head));
  }

  @Override
  public void cleanUp(List<MergeOrder> merged) {
    boolean ignored =
        life.call(
            "clean up " + merged.stream().map(MergeOrder::task).toList(),
            () -> {
              sim.trunk.cleanUp(merged);
              return true;
            });
  }
}
