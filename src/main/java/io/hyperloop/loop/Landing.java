package io.hyperloop.loop;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.port.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Heads of which it could not be told: they are looked for again after a while. */
  private final Set<String> missed = ConcurrentHashMap.newKeySet();

  private final Duration again;
  private Instant tried = Instant.EPOCH;

  /**
   * Over that trunk.
   *
   * @param again after what time it is asked again when it could not answer
   */
  Landing(Trunk trunk, Lanes lanes, Jobs jobs, Guard guard, Duration again) {
    this.trunk = trunk;
    this.lanes = lanes;
    this.jobs = jobs;
    this.guard = guard;
    this.again = again;
  }

  void look(State state, String tip, Instant now) {
    if (!tip.equals(looked)) {
      looked = tip;
      lookedFor.clear();
      missed.clear();
    } else if (!missed.isEmpty() && Duration.between(tried, now).abs().compareTo(again) >= 0) {
      lookedFor.removeAll(missed);
      missed.clear();
    }
    List<Task> waiting = new ArrayList<>();
    for (Task task : state.tasks().unsettled()) {
      if (task.status() == TaskStatus.COMPLETE
          && task.merged() == null
          && task.head() != null
          && lookedFor.add(task.head())) {
        waiting.add(task);
      }
    }
    if (!waiting.isEmpty()) {
      tried = now;
      job(() -> find(waiting));
    }
  }

  private void find(List<Task> waiting) {
    List<String> heads = waiting.stream().map(task -> Objects.requireNonNull(task.head())).toList();
    missed.addAll(heads);
    for (int i = 0; i < heads.size(); i++) {
      if (trunk.contains(waiting.get(i).id(), heads.get(i))) {
        jobs.landed(heads.get(i));
      }
      missed.remove(heads.get(i));
    }
  }

  void tidy(State state) {
    List<Trunk.MergeOrder> merged = new ArrayList<>();
    for (Task task : state.tasks()) {
      if (task.status() == TaskStatus.COMPLETE && task.merged() != null && task.head() != null) {
        merged.add(mergeOrder(task, Action.Via.DIRECT, false));
      }
    }
    if (!merged.isEmpty()) {
      job(() -> trunk.cleanUp(merged));
    }
  }

  int size() {
    return lookedFor.size() + missed.size();
  }

  /** A task as the trunk needs it. */
  static Trunk.MergeOrder mergeOrder(Task task, Action.Via via, boolean update) {
    return new Trunk.MergeOrder(
        task.id(),
        task.title(),
        task.specRef(),
        task.branch(),
        Objects.requireNonNull(task.head(), () -> task.id() + " has no head"),
        task.pr(),
        via,
        update,
        Objects.requireNonNullElse(task.summary(), ""));
  }

  private void job(Runnable work) {
    lanes.run(this, guard.around(work));
  }
}
