package io.hyperloop.port;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.ProcessDefinition;
import java.util.Map;

/** Agent templates and the process, as composed from all layers. */
public interface Templates {

  /**
   * What the overlay at a commit of the base branch builds to; cached by the overlay's content.
   *
   * @throws PortFailure with all problems at once if it does not build or is not valid
   */
  Playbook at(String tip);

  /** The result of one build. */
  record Playbook(
      Map<String, AgentTemplate> agents,
      ProcessDefinition process,
      java.util.List<String> warnings) {
    public Playbook {
      agents = Map.copyOf(agents);
      warnings = java.util.List.copyOf(warnings);
    }
  }
}
