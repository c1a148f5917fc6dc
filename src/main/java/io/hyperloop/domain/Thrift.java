package io.hyperloop.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees that agents stay within budgets and allowances. */
final class Thrift {
  /** No allowance is longer than a week: what is said to last longer is a mistake. */
  private static final Duration PARKED_MAX = Duration.ofDays(8);

  private final Draft draft;

  Thrift(Draft draft) {
    this.draft = draft;
  }

  /** Parks the programs that their providers' last word closes. */
  void park() {
    draft
        .sight
        .spending()
        .allowances()
        .forEach((program, allowance) ->
            draft
                .limits
                .quota()
                .closedUntil(allowance)
                .filter(until -> !until.isAfter(longest()))
                .ifPresent(until -> park(program, until, percent(allowance))));
  }

  /** Ends the work on tasks that need an agent and have used up what they may. */
  void endTheSpent(Stepping stepping) {
    if (!draft.limits.budget().limitsTasks()) {
      return;
    }
    for (TaskId id : draft.sight.spending().tasks().keySet()) {
      Optional<Task> task = draft.find(id).filter(Task::open).filter(this::needsAgent);
      Optional<String> spent = spentOn(id);
      if (task.isPresent() && spent.isPresent()) {
        stepping.fail(task.get(), new Reason(Reason.Kind.BUDGET, spent.get()));
      }
    }
  }

  /** Whether an agent comes next; what stands at a gate or a merge is paid for already. */
  boolean needsAgent(Task task) {
    return draft
        .pipeline()
        .at(task.phase())
        .map(step -> step.kind() == Pipeline.Kind.AGENT)
        .orElse(true);
  }

  /** Why no more may be done on a task; empty while more may. */
  Optional<String> spentOn(TaskId id) {
    return draft.limits.budget().spentOnTask(draft.sight.spending().on(id));
  }

  private static String percent(Allowance allowance) {
    return Math.round(allowance.used() * 100) + "% of its allowance are used";
  }

  /** A program that has used up its allowance, where it was said until when. */
  void outOfQuota(String role, @Nullable Instant until, String why) {
    if (until != null) {
      park(draft.limits.cast().program(role), until, why);
    }
  }

  private void park(String program, Instant until, String why) {
    Instant bounded =
        (until.isAfter(longest()) ? longest() : until).truncatedTo(ChronoUnit.SECONDS);
    Instant known = draft.intake().parked().get(program);
    if (!closed(bounded) || (known != null && !bounded.isAfter(known))) {
      return;
    }
    draft.intake(edit -> {
      edit.parked.values().removeIf(end -> !closed(end));
      edit.parked.put(program, bounded);
    });
    draft.event(new Event.Parked(program, bounded, why));
  }

  private Instant longest() {
    return draft.now.plus(PARKED_MAX);
  }

  private boolean closed(@Nullable Instant until) {
    return draft.later(until, PARKED_MAX);
  }

  /** When the program of a role may be started again; null if it may now. */
  @Nullable Instant parkedUntil(String role) {
    Instant until = draft.intake().parked().get(draft.limits.cast().program(role));
    return closed(until) ? until : null;
  }

  /** Why no agent at all may be started; empty if one may. */
  Optional<String> spent() {
    return draft.limits.budget().spent(draft.sight.spending().period());
  }

  /** Whether an agent of that role may be started now. */
  boolean allows(String role) {
    return parkedUntil(role) == null && spent().isEmpty();
  }
}
