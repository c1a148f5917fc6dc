package io.hyperloop;

import io.hyperloop.adapter.agent.CommandHarness;
import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Player;
import io.hyperloop.adapter.agent.Programs;
import io.hyperloop.adapter.agent.acp.AcpHarness;
import io.hyperloop.adapter.agent.acp.AcpSettings;
import io.hyperloop.adapter.agent.anthropic.AnthropicAccount;
import io.hyperloop.adapter.agent.anthropic.AnthropicHarness;
import io.hyperloop.adapter.agent.anthropic.AnthropicSettings;
import io.hyperloop.adapter.agent.claude.ClaudeCodeAccount;
import io.hyperloop.adapter.agent.claude.ClaudeCodeHarness;
import io.hyperloop.adapter.agent.claude.ClaudeCodeSettings;
import io.hyperloop.adapter.agent.codex.CodexAccount;
import io.hyperloop.adapter.agent.codex.CodexHarness;
import io.hyperloop.adapter.agent.codex.CodexSettings;
import io.hyperloop.config.Agent;
import io.hyperloop.config.Configuration;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What plays the agents, as configured. Made when an agent first starts: some are heavy. */
final class Harnesses {
  private final Configuration configuration;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Map<Agent, Player> known = new ConcurrentHashMap<>();

  /** With a configuration as {@link #chosen}. */
  Harnesses(Configuration configuration, Map<String, String> environment, InstantSource clock) {
    this.configuration = configuration;
    this.environment = environment;
    this.clock = clock;
  }

  /** The configuration with {@code auto} replaced by what was found. */
  static Configuration chosen(Configuration configuration, Map<String, String> environment) {
    return configuration.withAgents(agent ->
        agent.type() == Agent.Type.AUTO
            ? agent.withType(found(agent, all(agent, configuration, environment)))
            : agent);
  }

  private static Agent.Type found(Agent agent, Map<String, String> environment) {
    // Only Claude Code can use a subscription: if it is missing, that is to be told.
    boolean claude =
        agent.auth() == Agent.Auth.SUBSCRIPTION
            || Programs.isFound(
                ClaudeCodeSettings.PROGRAM.getFirst(),
                Path.of("/"),
                environment.getOrDefault("PATH", ""));
    return claude ? Agent.Type.CLAUDE_CODE : Agent.Type.ANTHROPIC;
  }

  /** One for all runs of a role, since it holds connections. */
  Player of(String role) {
    return known.computeIfAbsent(configuration.agent(role), this::make);
  }

  /**
   * What plays, and which credential pays, in words; roles for which that differs by name.
   *
   * @throws io.hyperloop.port.PortFailure of kind ENVIRONMENT if a credential is missing
   */
  String payer() {
    String general = payer(configuration.agent());
    var words = new StringBuilder("agents: " + general);
    new TreeMap<>(configuration.roles())
        .forEach((role, agent) -> {
          String own = payer(agent);
          if (!own.equals(general)) {
            words.append("; ").append(role).append(": ").append(own);
          }
        });
    return words.toString();
  }

  private String payer(Agent agent) {
    return switch (agent.type()) {
      case COMMAND -> String.join(" ", agent.command());
      case ANTHROPIC -> "embedded; " + AnthropicAccount.payer(environment);
      case ACP -> String.join(" ", agent.command()) + "; its own login pays";
      case CLAUDE_CODE -> "Claude Code; " + account(agent).words(all(agent));
      case CODEX -> "Codex; " + codexAccount(agent).words(all(agent));
      case AUTO -> throw new IllegalStateException("nobody has chosen an agent");
    };
  }

  private Player make(Agent agent) {
    Harness harness =
        switch (agent.type()) {
          case COMMAND -> new CommandHarness(agent.command());
          case ANTHROPIC -> new AnthropicHarness(environment, embedded(agent));
          case CLAUDE_CODE -> new ClaudeCodeHarness(account(agent), claude(agent), clock);
          case CODEX -> new CodexHarness(codexAccount(agent), codex(agent), clock);
          case ACP -> new AcpHarness(acp(agent), clock);
          case AUTO -> throw new IllegalStateException("nobody has chosen an agent");
        };
    return new Player(harness, deadlines(agent), agent.environment());
  }

  /** Our environment, and what is set for the agent. */
  private Map<String, String> all(Agent agent) {
    return all(agent, configuration, environment);
  }

  private static Map<String, String> all(
      Agent agent, Configuration configuration, Map<String, String> environment) {
    var all = new TreeMap<>(environment);
    all.putAll(configuration.environment());
    all.putAll(agent.environment());
    return all;
  }

  private ClaudeCodeAccount account(Agent agent) {
    ClaudeCodeAccount.Auth auth =
        switch (agent.auth()) {
          case AUTO -> ClaudeCodeAccount.Auth.AUTO;
          case SUBSCRIPTION -> ClaudeCodeAccount.Auth.SUBSCRIPTION;
          case API_KEY -> ClaudeCodeAccount.Auth.API_KEY;
        };
    return ClaudeCodeAccount.of(auth, all(agent));
  }

  private static ClaudeCodeSettings claude(Agent agent) {
    return new ClaudeCodeSettings(
        agent.command().isEmpty() ? ClaudeCodeSettings.PROGRAM : agent.command(),
        Optional.ofNullable(agent.model()),
        agent.maxTurns(),
        agent.args());
  }

  private CodexAccount codexAccount(Agent agent) {
    CodexAccount.Auth auth =
        switch (agent.auth()) {
          case AUTO -> CodexAccount.Auth.AUTO;
          case SUBSCRIPTION -> CodexAccount.Auth.SUBSCRIPTION;
          case API_KEY -> CodexAccount.Auth.API_KEY;
        };
    return CodexAccount.of(auth, all(agent));
  }

  private static CodexSettings codex(Agent agent) {
    return new CodexSettings(
        agent.command().isEmpty() ? CodexSettings.PROGRAM : agent.command(),
        Optional.ofNullable(agent.model()),
        agent.maxTurns(),
        agent.args());
  }

  private static AcpSettings acp(Agent agent) {
    var command = new ArrayList<>(agent.command());
    command.addAll(agent.args());
    return new AcpSettings(agent.program(), command, Optional.ofNullable(agent.model()));
  }

  /** A command may well be silent until it ends; what streams its work is never silent for long. */
  private static Deadlines deadlines(Agent agent) {
    boolean streams = agent.type() != Agent.Type.COMMAND;
    return new Deadlines(
        Objects.requireNonNullElse(
            agent.startupTimeout(), streams ? Deadlines.STARTUP : Deadlines.NEVER),
        Objects.requireNonNullElse(
            agent.stallTimeout(), streams ? Deadlines.STALL : Deadlines.NEVER),
        agent.timeout());
  }

  private static AnthropicSettings embedded(Agent agent) {
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
