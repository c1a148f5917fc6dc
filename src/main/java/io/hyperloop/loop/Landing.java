package io.hyperloop.loop;

import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.port.Trunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether work that the pipeline does not merge itself has come to the base branch, once
 * for each head and tip; and tidies up branches that an orchestrator that is gone left behind.
 */
final class Landing {
  private final Trunk trunk;
  private final Lanes lanes;
  private final Jobs jobs;
  private final Guard guard;
  private @Nullable String looked;

  /** Heads that were looked for at that tip: a task may complete after its work has landed. */
  private final Set<String> lookedFor = new HashSet<>();

  Landing(Trunk trunk, Lanes lanes, Jobs jobs, Guard guard) {
    this.trunk = trunk;
    this.lanes = lanes;
    this.jobs = jobs;
    this.guard = guard;
  }

  void look(State state, String tip) {
    if (!tip.equals(looked)) {
      looked = tip;
      lookedFor.clear();
    }
    List<Task> waiting = new ArrayList<>();
    for (Task task : state.tasks()) {
      if (task.status() == TaskStatus.COMPLETE
          && task.merged() == null
          && task.head() != null
          && lookedFor.add(task.head())) {
        waiting.add(task);
      }
    }
    if (!waiting.isEmpty()) {
      job(() -> waiting.forEach(this::find));
    }
  }

  private void find(Task task) {
    String head = Objects.requireNonNull(task.head());
    if (trunk.contains(task.id(), head)) {
      jobs.landed(head);
    }
  }

  void tidy(State state) {
    List<Trunk.MergeOrder> merged = new ArrayList<>();
    for (Task task : state.tasks()) {
      if (task.status() == TaskStatus.COMPLETE && task.merged() != null && task.head() != null) {
        merged.add(mergeOrder(task));
      }
    }
    if (!merged.isEmpty()) {
      job(() -> trunk.cleanUp(merged));
    }
  }

  /** A task as the trunk needs it. */
  static Trunk.MergeOrder mergeOrder(Task task) {
    return new Trunk.MergeOrder(
        task.id(),
        task.title(),
        task.specRef(),
        task.branch(),
        Objects.requireNonNull(task.head(), () -> task.id() + " has no head"),
        Objects.requireNonNullElse(task.summary(), ""));
  }

  private void job(Runnable work) {
    lanes.run(this, guard.around(work));
  }
}
