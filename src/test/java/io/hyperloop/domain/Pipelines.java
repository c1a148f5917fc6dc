package io.hyperloop.domain;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pipelines in short. Gates are manual, actions merge. */
public final class Pipelines {
  private Pipelines() {}

  public static ProcessDefinition usual() {
    return of(loop(agent("implementer"), agent("verifier")), merge());
  }

  public static ProcessDefinition of(Pipeline.Node... nodes) {
    Map<String, Gate> gates = new HashMap<>();
    Map<String, Action> actions = new HashMap<>();
    Pipeline pipeline = Pipeline.of(List.of(nodes));
    for (Pipeline.Step step : pipeline.steps()) {
      switch (step.kind()) {
        case GATE -> gates.put(step.name(), new Gate.Manual());
        case ACTION -> actions.put(step.name(), new Action.Merge());
        case AGENT -> {}
      }
    }
    return new ProcessDefinition(pipeline, gates, actions);
  }

  public static Pipeline.Node agent(String name) {
    return agent(name, null);
  }

  public static Pipeline.Node agent(String name, @Nullable String as) {
    return new Pipeline.Node.Agent(name, as);
  }

  public static Pipeline.Node gate(String name) {
    return new Pipeline.Node.Gate(name, null);
  }

  public static Pipeline.Node merge() {
    return action("merge-pr");
  }

  public static Pipeline.Node action(String name) {
    return new Pipeline.Node.Action(name, null);
  }

  public static Pipeline.Node loop(Pipeline.Node... nodes) {
    return new Pipeline.Node.Loop(List.of(nodes));
  }
}
