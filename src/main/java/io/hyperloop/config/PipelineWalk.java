package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Sequence;
import io.hyperloop.domain.Pipeline.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Goes through the steps of a pipeline and sees whether every name leads somewhere. */
final class PipelineWalk {
  private static final int DEPTH_MAX = 16;
  private static final int STEPS_MAX = 200;

  private final Set<String> agents;
  private final Gates gates;
  private final Set<String> actions;
  private final List<Fault> faults;
  private final Set<String> used = new TreeSet<>();
  private final Map<String, Integer> recurrences = new HashMap<>();
  private final Map<String, String> phases = new HashMap<>();
  private int steps;

  PipelineWalk(Set<String> agents, Gates gates, Set<String> actions, List<Fault> faults) {
    this.agents = agents;
    this.gates = gates;
    this.actions = actions;
    this.faults = faults;
  }

  /** The pipeline's tree; what is amiss is left out of it and becomes a fault. */
  List<Node> nodes(@Nullable YamlNode pipeline) {
    List<Node> nodes = nodes("/pipeline", pipeline, 1);
    if (steps > STEPS_MAX) {
      fault("/pipeline", "the pipeline has more than " + STEPS_MAX + " steps", "shorten it");
    }
    return nodes;
  }

  /** Names of gates and actions that steps refer to. */
  Set<String> used() {
    return used;
  }

  private List<Node> nodes(String pointer, @Nullable YamlNode list, int depth) {
    var nodes = new ArrayList<Node>();
    if (depth > DEPTH_MAX) {
      fault(pointer, "loops are nested deeper than " + DEPTH_MAX + " levels", "flatten them");
    } else if (list instanceof Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        if (sequence.items().get(i) instanceof Mapping step) {
          Node node = node(Fault.below(pointer, i), step, depth);
          if (node != null) {
            nodes.add(node);
          }
        }
      }
    }
    return nodes;
  }

  private @Nullable Node node(String pointer, Mapping step, int depth) {
    String as = step.string("as");
    String agent = step.string("agent");
    String gate = step.string("gate");
    String action = step.string("action");
    if (step.value("loop") != null) {
      if (as != null) {
        fault(pointer + "/as", "a loop has no name of its own", "give its steps names");
      }
      return new Node.Loop(nodes(pointer + "/loop", step.value("loop"), depth + 1));
    }
    if (agent != null) {
      agent(pointer + "/agent", agent);
      return leaf(pointer, agent, as, new Node.Agent(agent, as));
    }
    if (gate != null) {
      gate(pointer + "/gate", gate);
      return leaf(pointer, gate, as, new Node.Gate(gate, as));
    }
    if (action != null) {
      action(pointer + "/action", action);
      return leaf(pointer, action, as, new Node.Action(action, as));
    }
    return null;
  }

  /** A phase must find exactly one step, also after a step of the same name was added. */
  private Node leaf(String pointer, String name, @Nullable String as, Node node) {
    steps++;
    int nth = recurrences.merge(name, 1, Integer::sum);
    String phase = as != null ? as : nth == 1 ? name : name + "#" + nth;
    String earlier = phases.putIfAbsent(phase, pointer);
    if (earlier != null) {
      fault(
          pointer,
          "this step is called \"" + phase + "\", as is " + Fault.dotted(earlier),
          "give one of them another name with as:");
    }
    return node;
  }

  private void agent(String pointer, String name) {
    if (!agents.contains(name)) {
      fault(
          pointer,
          "there is no template of an agent \"" + name + "\"",
          Nearest.remedy(name, agents));
    }
  }

  private void gate(String pointer, String name) {
    used.add(name);
    if (!gates.names().contains(name)) {
      fault(
          pointer,
          "the gate \"" + name + "\" is not defined",
          Gates.undefined(name, gates.names(), "gates: {" + name + ": {type: manual}}"));
    } else if (gates.lacksPullRequest(name)) {
      fault(
          pointer,
          "the gate \""
              + name
              + "\" (type "
              + gates.type(name)
              + ") needs a pull request, and no repo is set",
          "make it a gate that `hyperloop approve` clears: gates: {" + name + ": {type: manual}}");
    }
  }

  private void action(String pointer, String name) {
    used.add(name);
    if (!actions.contains(name)) {
      fault(
          pointer,
          "the action \"" + name + "\" is not defined",
          Gates.undefined(name, actions, "actions: {" + name + ": {type: pr-merge}}"));
    }
  }

  private void fault(String pointer, String what, String remedy) {
    faults.add(new Fault(pointer, what, remedy));
  }
}
