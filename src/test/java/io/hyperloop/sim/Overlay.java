package io.hyperloop.sim;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates.Playbook;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people have put into the overlay. */
final class Overlay {
  private final Simulation sim;
  private Playbook playbook;
  private Instant brokenUntil = Instant.MIN;
  private boolean brokenByPerson;

  Overlay(Simulation sim, ProcessDefinition process) {
    this.sim = sim;
    this.playbook = playbook(process);
  }

  private static Playbook playbook(ProcessDefinition process) {
    Map<String, AgentTemplate> agents = new HashMap<>();
    for (String name : List.of(AgentTemplate.PM, "implementer", "verifier", "polisher")) {
      boolean writes = name.equals("implementer") || name.equals("polisher");
      agents.put(name, new AgentTemplate(name, "Work.", Map.of(), writes));
    }
    return new Playbook(agents, process, List.of());
  }

  Playbook playbook() {
    return playbook;
  }

  ProcessDefinition process() {
    return playbook.process();
  }

  void change(ProcessDefinition process) {
    playbook = playbook(process);
  }

  /** It does not build for a while; what a person broke, a person mends by a commit. */
  void breakFor(Duration time, boolean byPerson) {
    if (sim.time.now().isBefore(brokenUntil)) {
      return;
    }
    brokenUntil = sim.time.now().plus(time);
    brokenByPerson = byPerson;
    if (byPerson) {
      sim.time.in(
          time,
          () -> {
            String ignored = sim.specs.touch();
          });
    }
  }

  /** Why it does not build; null if it does. */
  @Nullable PortFailure failure() {
    if (!sim.time.now().isBefore(brokenUntil)) {
      return null;
    }
    return new PortFailure(
        brokenByPerson
            ? Problem.user("the overlay is not valid", "overlay", "mend it")
            : Problem.environment("kustomize did not run", "overlay", "wait"));
  }
}
