package io.hyperloop.loop;

import io.hyperloop.domain.Limits;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Publishing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Looks at pull requests, off the deciding thread, each time the poll interval has passed and soon
 * after we changed one. What was seen of one before we changed it is not shown any more: it would
 * be taken for what people did.
 */
final class Watching {
  /** What was changed just now may be seen a little later there. */
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Publishing publishing;
  private final boolean active;
  private final Duration pollInterval;
  private final Lanes lanes;
  private final Consumer<String> warn;
  private final Runnable wake;

  private final Map<TaskId, Integer> changes = new HashMap<>();
  private Pulls pulls = Pulls.NONE;
  private Instant looked = Instant.MIN;
  private boolean looking;
  private boolean soon;

  Watching(
      Publishing publishing, Limits limits, Lanes lanes, Consumer<String> warn, Runnable wake) {
    this.publishing = publishing;
    this.active = limits.forge() != null;
    this.pollInterval = limits.pollInterval();
    this.lanes = lanes;
    this.warn = warn;
    this.wake = wake;
  }

  /** What is known; starts to look if it is time to. */
  synchronized Pulls look(State state, Instant now) {
    if (active && !looking && due(now)) {
      looking = true;
      soon = false;
      looked = now;
      Map<TaskId, String> open = open(state);
      Map<TaskId, Integer> before = Map.copyOf(changes);
      lanes.run(this, () -> look(open, before));
    }
    return pulls;
  }

  private boolean due(Instant now) {
    Duration wait = soon && SOON.compareTo(pollInterval) < 0 ? SOON : pollInterval;
    return looked.equals(Instant.MIN) || !now.isBefore(looked.plus(wait)) || now.isBefore(looked);
  }

  /** How long the loop may sleep without missing a look. */
  synchronized Duration atMost(Duration wait) {
    return active && soon && SOON.compareTo(wait) < 0 ? SOON : wait;
  }

  private void look(Map<TaskId, String> open, Map<TaskId, Integer> before) {
    try {
      Pulls seen = publishing.look(open);
      synchronized (this) {
        var valid = new HashMap<TaskId, PullRequestSight>(seen.seen());
        valid
            .keySet()
            .removeIf(task -> !before.getOrDefault(task, 0).equals(changes.getOrDefault(task, 0)));
        changes.keySet().retainAll(open.keySet());
        pulls = new Pulls(valid, seen.logs());
      }
    } catch (PortFailure e) {
      warn.accept(e.text());
    } finally {
      synchronized (this) {
        looking = false;
      }
      wake.run();
    }
  }

  /** We change that one: what was seen of it is no longer so. */
  synchronized void changes(TaskId task) {
    changes.merge(task, 1, Integer::sum);
    var left = new HashMap<>(pulls.seen());
    left.remove(task);
    pulls = new Pulls(left, pulls.logs());
    soon = true;
  }

  private static Map<TaskId, String> open(State state) {
    var open = new TreeMap<TaskId, String>();
    for (Task task : state.tasks().unsettled()) {
      if (task.pr() != null && task.published() != null) {
        open.put(task.id(), task.pr());
      }
    }
    return open;
  }
}
