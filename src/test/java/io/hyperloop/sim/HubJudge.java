package io.hyperloop.sim;

import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import java.util.List;
import java.util.Objects;

/** Judges what is done with pull requests by what people and machines really did. */
final class HubJudge {
  private final Simulation sim;
  private final ProcessDefinition process;

  HubJudge(Simulation sim, ProcessDefinition process) {
    this.sim = sim;
    this.process = process;
  }

  private static void holds(boolean so, Invariant invariant, Object detail) {
    if (!so) {
      throw new Violation(invariant, detail.toString());
    }
  }

  /** Nothing is sent to be merged whose gates nobody cleared for exactly that. */
  void decided(State before, List<Move> moves, State next) {
    for (Move move : moves) {
      if (move instanceof Move.Merge merge) {
        gates(next.task(merge.key().task()), merge.key().phase());
      }
    }
    if (!process.pipeline().fingerprint().equals(before.intake().pipeline())) {
      return;
    }
    for (Task old : before.tasks().changedIn(next.tasks())) {
      Task was = before.tasks().find(old.id()).orElse(null);
      if (was != null && was.status() == TaskStatus.IN_PROGRESS && old.round() == was.round()) {
        left(was, old);
      }
    }
  }

  private void left(Task was, Task now) {
    Pipeline.Step gate = process.pipeline().at(was.phase()).orElse(null);
    boolean on = now.status() != TaskStatus.FAILED && !Objects.equals(was.phase(), now.phase());
    SimPull pull = sim.hub.of(was.id());
    if (gate == null || gate.kind() != Pipeline.Kind.GATE || !on || pull == null) {
      return;
    }
    boolean merged = pull.state() == PullRequestSight.State.MERGED;
    String head = Objects.requireNonNull(was.head());
    holds(
        merged || cleared(gate.name(), pull, head),
        Invariant.GATES_HOLD,
        was.id() + " left " + gate.phase() + " at " + head);
  }

  private void gates(Task task, String phase) {
    SimPull pull = sim.hub.of(task.id());
    Pipeline.Step at = process.pipeline().at(phase).orElseThrow();
    if (pull == null || task.head() == null) {
      return;
    }
    for (Pipeline.Step step : process.pipeline().steps()) {
      boolean agent = step.kind() == Pipeline.Kind.AGENT;
      if (step.index() < at.index() && step.kind() == Pipeline.Kind.GATE && isLast(step, at)) {
        Gate gate = process.gates().get(step.name());
        boolean human = gate instanceof Gate.Label || gate instanceof Gate.Approval;
        holds(
            agent || !human || cleared(step.name(), pull, task.head()),
            Invariant.GATES_HOLD,
            task.id() + " is merged at " + task.head() + " without " + step.phase());
      }
    }
  }

  /** Whether no agent that might change the head stands between a gate and the merge. */
  private boolean isLast(Pipeline.Step gate, Pipeline.Step merge) {
    return process.pipeline().steps().subList(gate.index(), merge.index()).stream()
        .noneMatch(step -> step.kind() == Pipeline.Kind.AGENT);
  }

  private boolean cleared(String name, SimPull pull, String head) {
    return switch (Objects.requireNonNull(process.gates().get(name))) {
      case Gate.Label _ -> pull.wasLabelledAt(head);
      case Gate.Approval _ -> pull.wasApprovedAt(head);
      case Gate.Checks _ -> pull.passedAt(head);
      case Gate.Manual _ -> true;
      case Gate.All(List<String> names) ->
          names.stream().allMatch(member -> cleared(member, pull, head));
    };
  }

  /** Everything is said to be in sync. */
  void inSync(State state) {
    for (SimPull pull : sim.hub.pulls().values()) {
      Task task = state.task(pull.task());
      boolean open = pull.state() == PullRequestSight.State.OPEN;
      boolean merges = process.pipeline().steps().stream().anyMatch(HubJudge::isMerge);
      holds(
          !open || (task.status() == TaskStatus.COMPLETE && !merges) || task.merged() == null,
          Invariant.PULLS_END,
          pull.url() + " of " + task);
      if (pull.state() == PullRequestSight.State.MERGED) {
        for (String file : pull.pushedFiles()) {
          holds(!sim.trunk.base(file).isEmpty(), Invariant.PUSHED_IS_KEPT, file);
        }
      }
    }
  }

  private static boolean isMerge(Pipeline.Step step) {
    return step.kind() == Pipeline.Kind.ACTION;
  }
}
