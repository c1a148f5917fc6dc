package io.hyperloop.domain;

import java.util.Map;

/** The pipeline, and what the gates and actions named in it are. */
public record ProcessDefinition(
    Pipeline pipeline, Map<String, Gate> gates, Map<String, Action> actions) {
  public ProcessDefinition {
    gates = Map.copyOf(gates);
    actions = Map.copyOf(actions);
  }
}
