package io.hyperloop.domain;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Has pull requests follow their tasks. Does nothing where work is merged locally. */
final class Publication {
  private final Draft draft;
  private final Stepping stepping;
  private final @Nullable Forge forge;

  /** Asked for several times a cycle, and of long texts. */
  private final IdentityHashMap<Task, Wish> wishes = new IdentityHashMap<>();

  Publication(Draft draft, Stepping stepping) {
    this.draft = draft;
    this.stepping = stepping;
    this.forge = draft.limits.forge();
  }

  /** What a gate or an action is to wait for before it is judged by itself. */
  sealed interface Standing {
    /** There is nothing that could be looked at, or no pull requests are used at all. */
    record None() implements Standing {}

    /** It is being brought up to date, or looked at. */
    record Unseen() implements Standing {}

    record Seen(PullRequestSight pull) implements Standing {}
  }

  Standing standing(Task task) {
    if (forge == null || task.head() == null) {
      return new Standing.None();
    }
    if (!wish(task, forge).met(task.published())) {
      return new Standing.Unseen();
    }
    if (task.pr() == null) {
      return new Standing.None();
    }
    return draft
        .sight
        .pulls()
        .of(task.id())
        .filter(pull -> pull.head().equals(task.head()))
        .<Standing>map(Standing.Seen::new)
        .orElseGet(Standing.Unseen::new);
  }

  /** Brings pull requests up to date, unless something is at work on the branch. */
  void publish() {
    if (forge == null || draft.sight.stopping()) {
      return;
    }
    for (Task task : draft.tasks().unsettled()) {
      if (draft.occupied(task.id()) || draft.later(draft.deferredUntil(key(task)))) {
        continue;
      }
      if (isPublic(task)) {
        publish(task, wish(task, forge));
      } else if (task.status() == TaskStatus.FAILED) {
        withdraw(task);
      }
    }
  }

  private void publish(Task task, Wish wish) {
    boolean moved =
        draft
            .sight
            .pulls()
            .of(task.id())
            .filter(pull -> !pull.head().equals(wish.head()))
            .isPresent();
    if (moved || !wish.met(task.published())) {
      draft.moves.add(new Move.Publish(key(task), wish));
      draft.occupy(task.id());
    }
  }

  private void withdraw(Task task) {
    Reason reason = task.reason();
    if (task.published() != null && reason != null && !reason.kind().parks()) {
      draft.moves.add(new Move.Withdraw(key(task), reason.toString()));
      draft.occupy(task.id());
    }
  }

  /** Whether there is work on its branch that somebody has judged, or can. */
  private boolean isPublic(Task task) {
    Pipeline.Step first = draft.pipeline().first();
    boolean begun =
        task.round() > 0
            || first.kind() != Pipeline.Kind.AGENT
            || !first.phase().equals(task.phase());
    return (task.status() == TaskStatus.IN_PROGRESS ? begun || task.pr() != null : parked(task))
        && task.head() != null
        && task.merged() == null;
  }

  /** Parked with something to be looked at. */
  static boolean parked(Task task) {
    Reason reason = task.reason();
    return task.status() == TaskStatus.FAILED
        && task.pr() != null
        && reason != null
        && reason.kind().parks();
  }

  private Wish wish(Task task, Forge to) {
    return wishes.computeIfAbsent(task, t -> wished(t, to));
  }

  private Wish wished(Task task, Forge to) {
    List<Review> reviews = draft.reviewsOf(task.id()).toList();
    var text = new PullRequestText(to, draft.sight.process(), task, reviews);
    return new Wish(
        task.id(),
        task.branch(),
        task.head() == null ? "" : task.head(),
        text.title(),
        text.body(),
        text.labels(),
        List.copyOf(stale(task).values()),
        Stepping.stepOf(draft.pipeline(), task)
            .filter(step -> step.kind() != Pipeline.Kind.AGENT)
            .isPresent(),
        to.comments() ? notice(task) : null);
  }

  /** Labels that clear a gate, but were given for another head; by the gate's name. */
  SortedMap<String, String> stale(Task task) {
    var stale = new TreeMap<String, String>();
    task.clearances()
        .forEach((name, head) -> {
          if (draft.sight.process().gates().get(name) instanceof Gate.Label(String label)
              && !head.equals(task.head())) {
            stale.put(name, label);
          }
        });
    return stale;
  }

  private static Wish.@Nullable Notice notice(Task task) {
    Reason reason = task.reason();
    if (reason == null) {
      return null;
    }
    @Nullable String remedy =
        switch (reason.kind()) {
          case WAITING -> task.notified() == null ? null : "";
          case QUESTION -> "hyperloop answer " + task.id() + " \"...\"";
          case NEEDS_HUMAN -> "hyperloop retry " + task.id();
          case BUDGET -> "raise the limit, then hyperloop retry " + task.id();
          case SPEC_REMOVED, CANCELLED, FAILED, SUPERSEDED, RETRYING -> null;
        };
    if (remedy == null) {
      return null;
    }
    String key = Wish.digest(reason.toString(), "" + task.since());
    return new Wish.Notice(key, PullRequestText.notice(reason, remedy));
  }

  /** The key under which a task's pull request is worked on. */
  JobKey.TaskStep key(Task task) {
    return Stepping.stepOf(draft.pipeline(), task)
        .map(step -> stepping.key(task, step))
        .orElseGet(() -> new JobKey.TaskStep(task.id(), "pull-request", task.round(), 0));
  }
}
