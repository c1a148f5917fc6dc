package io.hyperloop.adapter.agent;

import java.util.Map;

/**
 * What plays a role.
 *
 * @param deadlines of one run
 * @param environment variables for this role, beside those for all agents
 */
public record Player(Harness harness, Deadlines deadlines, Map<String, String> environment) {
  public Player {
    environment = Map.copyOf(environment);
  }
}
