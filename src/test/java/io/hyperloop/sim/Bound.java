package io.hyperloop.sim;

import io.hyperloop.domain.State;

/**
 * How long it may take once nothing fails any more: what is there and what may yet be planned,
 * times the steps that each task takes, times what a step costs.
 */
record Bound(long turns, int helped, String why) {
  static final Bound NONE = new Bound(Long.MAX_VALUE, Integer.MAX_VALUE, "unbounded");

  /** Turns of the threads that a step of a task may take, from decision to result. */
  private static final int TURNS_PER_STEP = 120;

  private static final int TURNS_PER_LOOK = 60;

  static Bound of(Simulation sim) {
    State state = sim.disk.state();
    int open = 0;
    for (var task : state.tasks()) {
      open += task.open() || task.reason() != null ? 1 : 0; // Parked ones may go on.
    }
    int specs = sim.present().size() + state.intake().handled().size();
    int generations = sim.limits.maxReplans() + 2;
    int steps = sim.overlay.process().pipeline().steps().size() + 2;
    long turns =
        3000L + (long) (open + specs * generations) * steps * TURNS_PER_STEP + resting(sim);
    return new Bound(turns, 8 + open + specs * generations, open + " open, " + specs + " specs");
  }

  /** What waits for a quota does nothing, but looks whether it is there. */
  private static long resting(Simulation sim) {
    long look = Math.min(sim.limits.pollInterval().toSeconds(), sim.shared ? 60 : Long.MAX_VALUE);
    return sim.means.longest().toSeconds() / look * TURNS_PER_LOOK;
  }

  void look(long now, int help) {
    if (now > turns || help > helped) {
      throw new Violation(
          Invariant.CONVERGES, now + " turns, helped " + help + " times, of " + this);
    }
  }
}
