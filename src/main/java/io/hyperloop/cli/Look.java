package io.hyperloop.cli;

import io.hyperloop.domain.Overview;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.port.PortFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A workspace as seen at one moment.
 *
 * @param notices what a person should know besides
 */
record Look(
    State state,
    Overview overview,
    Optional<String> orchestrator,
    List<String> notices,
    Instant now) {

  static Look at(Workspace workspace, Instant now) {
    State state = workspace.state();
    Optional<String> orchestrator = workspace.orchestrator();
    var notices = new ArrayList<>(workspace.notices());
    Optional<Pipeline> pipeline = Optional.empty();
    if (state.tasks().list().stream().anyMatch(Look::waits)) {
      pipeline = pipeline(workspace, notices);
    }
    Overview overview =
        Overview.of(state, workspace.specs(), pipeline, orchestrator.isPresent(), now);
    return new Look(state, overview, orchestrator, notices, now);
  }

  /** Whether the pipeline is needed to tell for whom a task waits; building it takes a while. */
  private static boolean waits(Task task) {
    return task.open() && task.is(Reason.Kind.WAITING);
  }

  /** A broken overlay is told of, and the rest is shown all the same. */
  private static Optional<Pipeline> pipeline(Workspace workspace, List<String> notices) {
    try {
      return Optional.of(workspace.process().pipeline());
    } catch (PortFailure e) {
      e.problems().forEach(problem -> notices.add(problem.what() + " (" + problem.where() + ")"));
      return Optional.empty();
    }
  }
}
