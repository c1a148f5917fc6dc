package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.AgentProgram;
import io.hyperloop.adapter.agent.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user's own Claude Code, one process per run, its prompt on standard input. It works without
 * asking for permissions and without the user's own settings and MCP servers; its report is
 * structured output.
 */
public final class ClaudeCodeHarness implements Harness {
  private final ClaudeCodeAccount account;
  private final ClaudeCodeSettings settings;
  private final InstantSource clock;
  private final AgentProgram program;

  /** Paid for by that account. */
  public ClaudeCodeHarness(
      ClaudeCodeAccount account, ClaudeCodeSettings settings, InstantSource clock) {
    this.account = account;
    this.settings = settings;
    this.clock = clock;
    this.program =
        new AgentProgram(
            settings.program().getFirst(),
            "Claude Code",
            "agent.type: claude-code",
            "install it so that `claude` is in the PATH, or name it in agent.command");
  }

  @Override
  public String name() {
    return "claude-code";
  }

  @Override
  public Set<String> credentials() {
    return account.variables();
  }

  /** Its login, its conversations and its caches; what is not there yet would not be kept. */
  @Override
  public Set<Path> ownFiles(Map<String, String> environment) {
    Path folder = folder(environment);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw program.failure("the folder of Claude Code's login cannot be made: " + e);
    }
    return Set.of(folder, folder.resolveSibling(".claude.json"));
  }

  /** Its program, and what the user's own sessions obey, outside of any sandbox. */
  @Override
  public Set<Path> ownSettings(Map<String, String> environment) {
    Path folder = folder(environment);
    Stream<Path> obeyed =
        Stream.of(
                "settings.json",
                "settings.local.json",
                "CLAUDE.md",
                "agents",
                "commands",
                "hooks",
                "local",
                "output-styles",
                "plugins",
                "rules",
                "skills")
            .map(folder::resolve);
    return Stream.concat(obeyed, program.files(environment).stream()).collect(Collectors.toSet());
  }

  private static Path folder(Map<String, String> environment) {
    String set = environment.getOrDefault("CLAUDE_CONFIG_DIR", "");
    return set.startsWith("/")
        ? Path.of(set)
        : Path.of(environment.getOrDefault("HOME", "/"), ".claude");
  }

  @Override
  public Session start(Assignment assignment) {
    return program.start(
        assignment, () -> new ClaudeCodeSession(settings, account, assignment, clock));
  }
}
