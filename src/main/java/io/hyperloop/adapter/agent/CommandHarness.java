package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Any program as an agent: prompt on standard input, work tree as working directory, output as the
 * log, report in {@code $HYPERLOOP_RESULT_FILE}. Its report counts only if it exits with 0.
 */
public final class CommandHarness implements Harness {
  private final List<String> command;

  /** With {@code agent.command}: the program and its arguments. */
  public CommandHarness(List<String> command) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command agent without a program");
    }
    this.command = List.copyOf(command);
  }

  @Override
  public String name() {
    return "command";
  }

  @Override
  public Set<String> credentials() {
    return Set.of();
  }

  @Override
  public Set<Path> ownSettings(Map<String, String> environment) {
    return Programs.files(command.getFirst(), environment);
  }

  @Override
  public Session start(Assignment assignment) {
    String path = assignment.environment().getOrDefault("PATH", "");
    if (!Programs.isFound(command.getFirst(), assignment.directory(), path)) {
      throw failure("the program was not found or is not executable: " + command.getFirst());
    }
    try {
      return new CommandSession(
          WorkerProcess.start(
              assignment.cell(),
              command,
              assignment.directory(),
              assignment.environment(),
              assignment.prompt(),
              assignment.tree(),
              (bytes, length) -> {
                assignment.monitor().stirred();
                assignment.log().accept(bytes, length);
              }));
    } catch (IOException e) {
      throw failure("the program cannot be started: " + e.getMessage());
    }
  }

  private static PortFailure failure(String what) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.HARNESS,
            what,
            "agent.command",
            "install it, or name another program in .hyperloop.yaml"));
  }

  private record CommandSession(WorkerProcess process) implements Session {
    @Override
    public Ending await() throws InterruptedException {
      int exit = process.await();
      return exit == 0
          ? new Ending.Finished()
          : new Ending.Broken(Breakage.CRASHED, "the agent ended with exit code " + exit);
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
