package io.hyperloop.domain;

import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Result;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to be merged, where a branch must have the base's newest commits first. Each
 * merge puts all others behind, so if all were brought up to date at once, their checks would run
 * again for each: one at a time is.
 */
final class MergeLane {
  private final Draft draft;
  private @Nullable TaskId first;
  private boolean known;

  MergeLane(Draft draft) {
    this.draft = draft;
  }

  /** Whether a merge is to be tried now. */
  sealed interface Turn {
    /** With the base's newest commits, if {@code update}. */
    record Now(boolean update) implements Turn {}

    /** Something comes first that nobody has to do anything about. */
    record Later() implements Turn {}

    /** A person is needed. */
    record Blocked(String why) implements Turn {}
  }

  Turn of(Task task, PullRequestSight pull, Action.Via via) {
    return switch (pull.mergeable()) {
      case YES, UNSTABLE, UNKNOWN -> pull.handedOver() ? new Turn.Later() : new Turn.Now(false);
      case CONFLICT -> new Turn.Now(false);
      case BEHIND -> task.id().equals(first()) ? new Turn.Now(true) : new Turn.Later();
      case BLOCKED -> {
        if (via != Action.Via.DIRECT) {
          // So that the forge takes it over.
          yield pull.handedOver() ? new Turn.Later() : new Turn.Now(false);
        }
        yield isChecked(pull)
            ? new Turn.Later()
            : new Turn.Blocked("what the rules of the repository ask for before " + pull.url());
      }
    };
  }

  /** The one that is up to date and about to be merged, else the lowest that is behind. */
  private @Nullable TaskId first() {
    if (!known) {
      known = true;
      first = null;
      TaskId behind = null;
      for (Task task : draft.tasks().unsettled()) {
        if (!isAtMerge(task)) {
          continue;
        }
        Optional<PullRequestSight> pull = seen(task);
        if (pull.isPresent() && pull.get().mergeable() == Mergeable.BEHIND) {
          behind = behind == null ? task.id() : behind;
        } else if (first == null && (pull.isEmpty() || isAbout(pull.get()))) {
          first = task.id(); // One that is not seen was brought up to date just now.
        }
      }
      first = first == null ? behind : first;
    }
    return first;
  }

  private boolean isAtMerge(Task task) {
    return task.pr() != null
        && Stepping.stepOf(draft.pipeline(), task)
            .filter(step -> step.kind() == Pipeline.Kind.ACTION)
            .isPresent();
  }

  private Optional<PullRequestSight> seen(Task task) {
    return draft
        .sight
        .pulls()
        .of(task.id())
        .filter(pull -> pull.state() == PullRequestSight.State.OPEN)
        .filter(pull -> pull.head().equals(task.head()));
  }

  private static boolean isAbout(PullRequestSight pull) {
    return switch (pull.mergeable()) {
      case YES, UNSTABLE, UNKNOWN -> true;
      case BLOCKED -> isChecked(pull);
      case BEHIND, CONFLICT -> false;
    };
  }

  /** Whether checks that must pass have not ended. */
  private static boolean isChecked(PullRequestSight pull) {
    return pull.checks().stream()
        .filter(Check::required)
        .anyMatch(check -> check.result() == Result.PENDING);
  }
}
