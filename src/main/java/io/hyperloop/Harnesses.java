package io.hyperloop;

import io.hyperloop.adapter.agent.CommandHarness;
import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Player;
import io.hyperloop.adapter.agent.anthropic.AnthropicHarness;
import io.hyperloop.adapter.agent.anthropic.AnthropicSettings;
import io.hyperloop.config.Configuration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What plays the agents, as configured. Made when an agent first starts: some are heavy. */
final class Harnesses {
  private final Configuration configuration;
  private final Map<String, String> environment;
  private final Map<Configuration.Agent, Player> known = new ConcurrentHashMap<>();

  Harnesses(Configuration configuration, Map<String, String> environment) {
    this.configuration = configuration;
    this.environment = environment;
  }

  /** One for all runs of a role, since it holds connections. */
  Player of(String role) {
    return known.computeIfAbsent(configuration.agent(role), this::make);
  }

  private Player make(Configuration.Agent agent) {
    Harness harness =
        switch (agent.type()) {
          case COMMAND -> new CommandHarness(agent.command());
          case ANTHROPIC -> new AnthropicHarness(environment, embedded(agent));
        };
    return new Player(harness, deadlines(agent), agent.environment());
  }

  /** A command may well be silent until it ends; what streams its work is never silent for long. */
  private static Deadlines deadlines(Configuration.Agent agent) {
    boolean streams = agent.type() != Configuration.Agent.Type.COMMAND;
    return new Deadlines(
        Objects.requireNonNullElse(
            agent.startupTimeout(), streams ? Deadlines.STARTUP : Deadlines.NEVER),
        Objects.requireNonNullElse(
            agent.stallTimeout(), streams ? Deadlines.STALL : Deadlines.NEVER),
        agent.timeout());
  }

  private static AnthropicSettings embedded(Configuration.Agent agent) {
    AnthropicSettings usual = AnthropicSettings.defaults();
    return new AnthropicSettings(
        Optional.ofNullable(agent.model()),
        agent.maxTurns(),
        usual.tokensMax(),
        usual.commandLimit(),
        usual.retries(),
        usual.retryPause());
  }
}
