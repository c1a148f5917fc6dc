package io.hyperloop.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What plays agents, out of {@code agent}. */
final class AgentSettings {
  private static final Map<String, Agent.Type> AGENTS =
      Map.of(
          "auto", Agent.Type.AUTO,
          "claude-code", Agent.Type.CLAUDE_CODE,
          "codex", Agent.Type.CODEX,
          "anthropic", Agent.Type.ANTHROPIC,
          "acp", Agent.Type.ACP,
          "command", Agent.Type.COMMAND);

  private static final Map<String, Agent.Auth> AUTHS =
      Map.of(
          "auto", Agent.Auth.AUTO,
          "subscription", Agent.Auth.SUBSCRIPTION,
          "api-key", Agent.Auth.API_KEY);

  private AgentSettings() {}

  /** One agent; what its section leaves out is as in {@code defaults}. */
  static Agent agent(Section section, Agent defaults, Map<String, String> environment) {
    Agent.Type type = section.choice("type", AGENTS, defaults.type());
    List<String> inherited = type == defaults.type() ? defaults.command() : List.of();
    List<String> command = section.texts("command", inherited);
    Agent.Auth auth = section.choice("auth", AUTHS, defaults.auth());
    boolean needed = type == Agent.Type.COMMAND || type == Agent.Type.ACP;
    if (needed && command.isEmpty()) {
      section.fault(
          section.has("command") ? "command" : "type",
          "an agent of type " + (type == Agent.Type.ACP ? "acp" : "command") + " has no command",
          "add command: [program, argument, ...]");
    }
    boolean known = type == Agent.Type.CLAUDE_CODE || type == Agent.Type.CODEX;
    if (!needed && !known && section.has("command")) {
      section.fault("command", "a command is set, but the type is not", "add type: command");
    }
    if (type == Agent.Type.ANTHROPIC && auth == Agent.Auth.SUBSCRIPTION) {
      section.fault(
          "auth",
          "the embedded agent cannot use a subscription",
          "write type: claude-code, or type: codex");
    }
    return new Agent(
        type,
        auth,
        needed || known ? command : List.of(),
        section.texts("args", defaults.args()),
        section.text("model", defaults.model()),
        section.durationOrNull("startup_timeout", defaults.startupTimeout()),
        section.durationOrNull("stall_timeout", defaults.stallTimeout()),
        section.duration("timeout", defaults.timeout()),
        section.count("max_turns", defaults.maxTurns(), 10_000),
        environment);
  }

  /** Agents whose role differs, by role. */
  static Map<String, Agent> roles(Section agents, Agent defaults) {
    var roles = new LinkedHashMap<String, Agent>();
    agents
        .sections("roles")
        .forEach((role, section) -> {
          if (!Names.template(role)) {
            agents.fault("roles", role, "agent.roles: no agent can have that name", "");
          }
          roles.put(role, agent(section, defaults, environment(section)));
          section.done();
        });
    return roles;
  }

  /** Variables for agents. */
  static Map<String, String> environment(Section agents) {
    Map<String, String> environment = agents.leaves("env");
    for (String name : environment.keySet()) {
      if (name.startsWith("HYPERLOOP_")) {
        agents.fault(
            "env", name, "env: " + name + " is set by hyperloop itself", "use another name");
      } else if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        agents.fault("env", name, "env: no variable can have that name", "use letters");
      }
    }
    return environment;
  }
}
