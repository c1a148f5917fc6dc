package io.hyperloop.domain;

import java.util.Map;
import java.util.Optional;

/**
 * The pull requests of tasks, as observed after whatever we did to them last.
 *
 * @param seen by task; one that was not looked at since is missing
 * @param logs ends of the logs of failed checks, by {@link PullRequestSight.Check#job}; empty where
 *     there is none
 */
public record Pulls(Map<TaskId, PullRequestSight> seen, Map<Long, String> logs) {
  public static final Pulls NONE = new Pulls(Map.of(), Map.of());

  public Pulls {
    seen = Map.copyOf(seen);
    logs = Map.copyOf(logs);
  }

  Optional<PullRequestSight> of(TaskId task) {
    return Optional.ofNullable(seen.get(task));
  }
}
