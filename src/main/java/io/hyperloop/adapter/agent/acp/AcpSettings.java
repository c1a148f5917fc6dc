package io.hyperloop.adapter.agent.acp;

import java.util.List;
import java.util.Optional;

/**
 * How an agent is started.
 *
 * @param name what it is called in the records, such as {@code acp-opencode}
 * @param command program and arguments; a name without a slash is looked for in the worker's PATH
 * @param model by the agent's own name for it; empty for its default
 */
public record AcpSettings(String name, List<String> command, Optional<String> model) {
  public AcpSettings {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("an ACP agent without a program");
    }
    command = List.copyOf(command);
  }
}
