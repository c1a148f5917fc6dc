package io.hyperloop.adapter.agent;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the local runtime keeps what, under the state directory of a repository. */
public record AgentFiles(Path stateDirectory) {

  /** What an agent said. Stays after the run is released. */
  public Path log(JobKey key) {
    return logs(key).resolve(key.name() + ".log");
  }

  /** What an agent was told. Stays after the run is released. */
  public Path prompt(JobKey key) {
    return logs(key).resolve(key.name() + ".prompt.md");
  }

  /** The logs of one task, or of the PM. */
  public Path logs(JobKey key) {
    return switch (key) {
      case JobKey.TaskStep step -> logs(step.task());
      case JobKey.Planning planning -> planningLogs();
    };
  }

  /** The logs and prompts of one task. */
  public Path logs(TaskId task) {
    return stateDirectory.resolve("logs").resolve(task.toString());
  }

  /** The logs and prompts of the PM. */
  public Path planningLogs() {
    return stateDirectory.resolve("logs").resolve("pm");
  }

  /** The conversation of a job's agent; as old as logs may become. */
  SessionFile session(JobKey key) {
    return new SessionFile(logs(key).resolve(key.name() + ".session"));
  }

  Path runs() {
    return stateDirectory.resolve("runs");
  }

  /** Names of the runs that there are folders of, whatever is in them. */
  public Set<String> runNames() {
    if (!Files.isDirectory(runs())) {
      return Set.of();
    }
    try (Stream<Path> folders = Files.list(runs())) {
      return folders.map(folder -> folder.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs that nobody asks for any more, on their way out. */
  Path releasedRuns() {
    return runs().resolve(".released");
  }

  Path released(JobKey key) {
    return releasedRuns().resolve(key.name() + "-" + UUID.randomUUID());
  }

  RunDirectory run(JobKey key) {
    return new RunDirectory(runs().resolve(key.name()));
  }
}
