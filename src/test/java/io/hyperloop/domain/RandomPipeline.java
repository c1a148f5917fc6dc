package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;

/** Pipelines of all shapes. */
public final class RandomPipeline {
  private static final List<String> AGENTS = List.of("implementer", "verifier", "polisher");

  private final Dice dice;
  private int names;

  public RandomPipeline(Dice dice) {
    this.dice = dice;
  }

  public ProcessDefinition process() {
    if (dice.oneIn(3)) {
      return Pipelines.usual();
    }
    List<Pipeline.Node> nodes = nodes(0);
    if (!dice.oneIn(4)) {
      nodes.add(Pipelines.merge());
    }
    return Pipelines.of(nodes.toArray(Pipeline.Node[]::new));
  }

  private List<Pipeline.Node> nodes(int depth) {
    var nodes = new ArrayList<Pipeline.Node>();
    for (int i = 1 + dice.below(3); i > 0; i--) {
      nodes.add(node(depth));
    }
    return nodes;
  }

  private Pipeline.Node node(int depth) {
    return switch (dice.below(depth < 3 ? 6 : 4)) {
      case 0, 1 -> Pipelines.agent(dice.pick(AGENTS));
      case 2 -> Pipelines.agent(dice.pick(AGENTS), "named-" + names++);
      case 3 -> dice.oneIn(3) ? Pipelines.action("merge-" + dice.below(2)) : Pipelines.gate("look");
      default -> Pipelines.loop(nodes(depth + 1).toArray(Pipeline.Node[]::new));
    };
  }
}
