package io.hyperloop.adapter.agent;

import io.hyperloop.adapter.agent.Harness.Assignment;
import io.hyperloop.adapter.agent.Harness.Session;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A program that plays an agent.
 *
 * @param program a path, or a name that is looked for in PATH
 * @param called what messages call it
 * @param where it is configured
 * @param remedy if it cannot be started
 */
public record AgentProgram(String program, String called, String where, String remedy) {

  /** One that {@code agent.command} names. */
  public static AgentProgram ofCommand(String program, String called) {
    return new AgentProgram(
        program, called, "agent.command", "install it, or name another program in .hyperloop.yaml");
  }

  /** Starts a session. */
  @FunctionalInterface
  public interface Start {
    Session start() throws IOException;
  }

  /**
   * Starts a session if the program is there.
   *
   * @throws PortFailure if it is not, or cannot be started
   */
  public Session start(Assignment assignment, Start start) {
    String path = assignment.environment().getOrDefault("PATH", "");
    if (!Programs.isFound(program, assignment.directory(), path)) {
      throw failure(called + " was not found or is not executable: " + program);
    }
    try {
      return start.start();
    } catch (IOException e) {
      throw failure(called + " cannot be started: " + e.getMessage());
    }
  }

  /** Where its file is; see {@link Programs#files}. */
  public Set<Path> files(Map<String, String> environment) {
    return Programs.files(program, environment);
  }

  public PortFailure failure(String what) {
    return new PortFailure(
        new Problem(Problem.Kind.ENVIRONMENT, Problem.Scope.HARNESS, what, where, remedy));
  }
}
