package io.hyperloop.adapter.agent;

import io.hyperloop.domain.JobKey;
import java.nio.file.Path;
import java.util.UUID;

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
    String owner =
        switch (key) {
          case JobKey.TaskStep step -> step.task().toString();
          case JobKey.Planning planning -> "pm";
        };
    return stateDirectory.resolve("logs").resolve(owner);
  }

  Path runs() {
    return stateDirectory.resolve("runs");
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
