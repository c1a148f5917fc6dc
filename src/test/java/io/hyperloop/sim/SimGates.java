package io.hyperloop.sim;

import io.hyperloop.domain.Dice;
import io.hyperloop.domain.Forge;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.RandomPipeline;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Gates of all types, where the pipeline has any. */
final class SimGates {
  private static final Map<String, Gate> MEMBERS =
      Map.of(
          "a-label", new Gate.Label(SimHub.LABEL),
          "an-approval", new Gate.Approval(1),
          "the-checks", new Gate.Checks(List.of(SimHub.CHECK), false),
          "a-word", new Gate.Manual());

  private SimGates() {}

  /** What a person may write into the overlay. */
  static ProcessDefinition process(boolean forged, Dice dice) {
    ProcessDefinition process = new RandomPipeline(dice).process();
    return forged ? in(process, dice) : process;
  }

  /** The same limits, where work goes through pull requests. */
  static Limits forged(Limits limits, Dice dice) {
    boolean comments = dice.oneIn(2);
    return limits.withForge(new Forge("https://hub.example/o/r", "main", dice.below(4), comments));
  }

  private static ProcessDefinition in(ProcessDefinition process, Dice dice) {
    var gates = new TreeMap<String, Gate>(MEMBERS);
    for (String name : new TreeMap<>(process.gates()).keySet()) {
      gates.put(
          name,
          switch (dice.below(5)) {
            case 0 -> new Gate.Manual();
            case 1 -> new Gate.Label(SimHub.LABEL);
            case 2 -> new Gate.Approval(1 + dice.below(2));
            case 3 -> new Gate.Checks(List.of(), false);
            default -> new Gate.All(List.of("a-label", "an-approval", "the-checks", "a-word"));
          });
    }
    return new ProcessDefinition(process.pipeline(), gates, process.actions());
  }
}
