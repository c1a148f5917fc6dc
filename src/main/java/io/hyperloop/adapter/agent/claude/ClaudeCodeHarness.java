package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.Programs;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;

/**
 * The user's own Claude Code, one process per run, its prompt on standard input. It works without
 * asking for permissions and without the user's own settings and MCP servers; its report is
 * structured output.
 */
public final class ClaudeCodeHarness implements Harness {
  private final ClaudeCodeAccount account;
  private final ClaudeCodeSettings settings;
  private final InstantSource clock;

  /** Paid for by that account. */
  public ClaudeCodeHarness(
      ClaudeCodeAccount account, ClaudeCodeSettings settings, InstantSource clock) {
    this.account = account;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "claude-code";
  }

  @Override
  public Set<String> credentials() {
    return account.variables();
  }

  @Override
  public Session start(Assignment assignment) {
    String program = settings.program().getFirst();
    String path = assignment.environment().getOrDefault("PATH", "");
    if (!Programs.isFound(program, assignment.directory(), path)) {
      throw failure("Claude Code was not found or is not executable: " + program);
    }
    try {
      return new ClaudeCodeSession(settings, account, assignment, clock);
    } catch (IOException e) {
      throw failure("Claude Code cannot be started: " + e.getMessage());
    }
  }

  private static PortFailure failure(String what) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.HARNESS,
            what,
            "agent.type: claude-code",
            "install it so that `claude` is in the PATH, or name it in agent.command"));
  }
}
