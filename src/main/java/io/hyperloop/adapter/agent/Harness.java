package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one agent to its end in one directory. What its end means is none of its business. */
public interface Harness {

  /** What it is called in the configuration, such as {@code claude-code}. */
  String name();

  /** The environment variables it needs and that may be passed on to programs it starts. */
  Set<String> credentials();

  /**
   * Files and folders of its own that its programs must be able to read and write, whether they
   * exist or not.
   *
   * @param environment of its programs
   */
  default Set<Path> ownFiles(Map<String, String> environment) {
    return Set.of();
  }

  /** What of those, and of other folders, its programs may only read. */
  default Set<Path> ownSettings(Map<String, String> environment) {
    return Set.of();
  }

  /**
   * Starts an agent; returns when it has begun.
   *
   * @throws PortFailure if it cannot be started at all: program or credentials missing
   */
  Session start(Assignment assignment);

  /**
   * One agent's work.
   *
   * @param directory where it works
   * @param prompt holds the prompt
   * @param result where the agent's report is to be found afterwards
   * @param environment of every program started for it
   * @param cell in which every such program is started
   * @param tree to which every such program is added
   * @param monitor is told of every sign of life, of usage, and of the conversation's id
   * @param resume the id of the conversation that an interrupted run of the same job had with this
   *     harness; null to begin anew
   */
  record Assignment(
      WorkOrder order,
      Path directory,
      Path prompt,
      Path result,
      Map<String, String> environment,
      Sandbox.Cell cell,
      ProcessTree tree,
      AgentLog log,
      Monitor monitor,
      @Nullable String resume) {
    public Assignment {
      environment = Map.copyOf(environment);
    }
  }

  /** An agent that has begun. */
  interface Session extends AutoCloseable {
    /**
     * Waits for its end, however long that takes: others watch the time.
     *
     * @throws InterruptedException if the agent is to be ended; whoever interrupts sees to its
     *     processes
     */
    Ending await() throws InterruptedException;

    /** After all its processes are gone: waits for what is left of its output. */
    @Override
    void close();
  }

  /** How it ended. */
  sealed interface Ending {
    /** By itself; whether it left a report is seen afterwards. */
    record Finished() implements Ending {}

    /**
     * Without a verdict.
     *
     * @param until when it is worth trying again, as the provider says; null if it does not
     */
    record Broken(Breakage kind, String detail, @Nullable Instant until) implements Ending {
      public Broken(Breakage kind, String detail) {
        this(kind, detail, null);
      }
    }
  }
}
