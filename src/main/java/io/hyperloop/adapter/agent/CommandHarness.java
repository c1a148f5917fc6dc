package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
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
  private final AgentProgram program;

  /** With {@code agent.command}: the program and its arguments. */
  public CommandHarness(List<String> command) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("a command agent without a program");
    }
    this.command = List.copyOf(command);
    this.program = AgentProgram.ofCommand(command.getFirst(), "the program");
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
    return program.files(environment);
  }

  @Override
  public Session start(Assignment assignment) {
    return program.start(
        assignment,
        () ->
            new CommandSession(
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
                    })));
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
