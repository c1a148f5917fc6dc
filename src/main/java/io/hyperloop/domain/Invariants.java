package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What must hold whatever is decided; looked at before anything is written. */
public final class Invariants {
  private final State before;
  private final State after;
  private final Limits limits;
  private final List<String> broken = new ArrayList<>();

  private Invariants(State before, State after, Limits limits) {
    this.before = before;
    this.after = after;
    this.limits = limits;
  }

  /** The invariants that a step from one state to the next violates, in words; normally none. */
  public static List<String> violated(State before, State after, Limits limits) {
    if (before.equals(after)) {
      return List.of();
    }
    var invariants = new Invariants(before, after, limits);
    invariants.check();
    return invariants.broken;
  }

  private void check() {
    if (after.intake().nextTask() < before.intake().nextTask()
        || after.intake().generation() < before.intake().generation()) {
      broken.add("a number was taken back");
    }
    if (!after.reviews().keeps(before.reviews())) {
      broken.add("reviews vanished");
    }
    var edges = new ArrayList<TaskId>();
    int added = 0;
    for (Task task : before.tasks().changedIn(after.tasks())) {
      Optional<Task> old = before.tasks().find(task.id());
      added += old.isEmpty() ? 1 : 0;
      if (old.isEmpty() || !old.get().deps().equals(task.deps())) {
        edges.add(task.id());
      }
      alone(task);
      if (old.isPresent()) {
        step(old.get(), task);
      } else if (task.id().number() >= after.intake().nextTask()
          || task.id().number() < before.intake().nextTask()) {
        broken.add(task.id() + " has a number that was not its turn");
      }
    }
    if (after.tasks().size() != before.tasks().size() + added) {
      broken.add("tasks vanished");
    }
    if (!edges.isEmpty()) {
      // A new cycle goes through a new edge; what has long been complete is not walked over again.
      DependencyGraph.of(after.tasks())
          .cycle(edges)
          .filter(cycle -> DependencyGraph.of(before.tasks()).cycle().isEmpty())
          .ifPresent(cycle -> broken.add("tasks wait for each other: " + cycle));
    }
  }

  private void alone(Task task) {
    boolean atStep = task.phase() != null;
    boolean fits =
        switch (task.status()) {
          case NOT_STARTED, COMPLETE -> !atStep;
          case IN_PROGRESS -> atStep;
          case FAILED -> task.reason() != null;
        };
    if (!fits) {
      broken.add(task.id() + " is " + task.status().word() + " with phase " + task.phase());
    }
  }

  private void step(Task old, Task task) {
    if (!old.specRef().equals(task.specRef())
        || !old.title().equals(task.title())
        || !old.branch().equals(task.branch())
        || !old.description().equals(task.description())) {
      broken.add(task.id() + " became another task");
    }
    if (old.status() == TaskStatus.COMPLETE && task.status() != TaskStatus.COMPLETE) {
      broken.add(task.id() + " was complete");
    }
    Reason failed = old.status() == TaskStatus.FAILED ? old.reason() : null;
    // One that a person has go on may be done at once, where nothing but a merge was left.
    if (failed != null && !failed.kind().parks() && task.status() == TaskStatus.COMPLETE) {
      broken.add(task.id() + " had failed");
    }
    if (task.round() < old.round() || task.round() > old.round() + 1) {
      broken.add(task.id() + " went from round " + old.round() + " to " + task.round());
    }
    // Limits may have been lowered since; only a count that rose past its limit is a fault.
    if (task.round() > old.round()
        && task.round() >= limits.maxTaskRounds()
        && task.status() != TaskStatus.FAILED) {
      broken.add(task.id() + " is past its rounds");
    }
    if ((task.attempts() > old.attempts() && task.attempts() >= limits.maxWorkerAttempts())
        || (task.actionAttempts() > old.actionAttempts()
            && task.actionAttempts() >= limits.maxActionAttempts())) {
      broken.add(task.id() + " is past its attempts");
    }
    if (old.status() == TaskStatus.NOT_STARTED && task.status() == TaskStatus.IN_PROGRESS) {
      for (TaskId dep : task.deps()) {
        if (after.tasks().find(dep).filter(d -> d.status() == TaskStatus.COMPLETE).isEmpty()) {
          broken.add(task.id() + " started before " + dep + " was complete");
        }
      }
    }
    if (old.merged() != null && task.merged() == null && Objects.equals(old.head(), task.head())) {
      broken.add(task.id() + " lost its merge");
    }
  }
}
