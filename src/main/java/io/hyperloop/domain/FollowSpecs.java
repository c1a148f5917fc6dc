package io.hyperloop.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the specs to where they are now: renamed ones keep what was answered for them; removed
 * ones lose it, and their open tasks end.
 */
final class FollowSpecs {
  private final Draft draft;
  private final Stepping stepping;
  private final Planning planning;

  FollowSpecs(Draft draft, Stepping stepping, Planning planning) {
    this.draft = draft;
    this.stepping = stepping;
    this.planning = planning;
  }

  void run() {
    Map<String, Spec> specs = draft.sight.specs();
    List<String> gone =
        draft.intake().handled().keySet().stream()
            .filter(path -> !specs.containsKey(path))
            .toList();
    if (!gone.isEmpty()) {
      follow(gone);
    }
    Plan plan = draft.intake().plan();
    if (plan != null && !specs.keySet().containsAll(plan.asked().keySet())) {
      planning.putAside("a spec that was asked about has gone");
    }
    endTasksOfRemovedSpecs();
  }

  private void follow(List<String> gone) {
    Map<String, Deque<Spec>> unclaimed = new HashMap<>();
    for (Spec spec : new TreeMap<>(draft.sight.specs()).values()) {
      if (!draft.intake().handled().containsKey(spec.path())) {
        unclaimed.computeIfAbsent(spec.blob(), blob -> new ArrayDeque<>()).add(spec);
      }
    }
    for (String path : gone) {
      Handled handled = Objects.requireNonNull(draft.intake().handled().get(path));
      Spec to = take(unclaimed, handled.blob());
      boolean sameText = to != null;
      Plan plan = draft.intake().plan();
      Plan.Asked asked = plan == null ? null : plan.asked().get(path);
      if (to == null && asked != null) {
        to = take(unclaimed, asked.blob());
      }
      if (to != null) {
        rename(path, to, handled, sameText);
      } else {
        remove(path);
      }
    }
  }

  private static @Nullable Spec take(Map<String, Deque<Spec>> unclaimed, String blob) {
    return unclaimed.getOrDefault(blob, new ArrayDeque<>()).poll();
  }

  private void rename(String from, Spec to, Handled handled, boolean sameText) {
    String commit = sameText && to.commit() != null ? to.commit() : handled.commit();
    var formers = new ArrayList<Former>();
    handled.formers().forEach(f -> formers.add(sameText ? f : f.ofOtherText()));
    formers.add(new Former(from, sameText ? handled.commit() : null, draft.intake().nextTask()));
    draft.intake(edit -> {
      edit.handled.remove(from);
      edit.handled.put(
          to.path(),
          new Handled(
              handled.blob(),
              commit,
              handled.outcome(),
              handled.note(),
              formers.stream().map(Former::toString).toList()));
      Integer replans = edit.replans.remove(new SpecRef(from, handled.commit()).toString());
      edit.forget(from);
      if (replans != null) {
        edit.replans.put(new SpecRef(to.path(), commit).toString(), replans);
      }
      List<String> answers = draft.intake().answersFor(from);
      if (!answers.isEmpty()) {
        edit.answers.put(to.path(), answers);
      }
    });
    Plan plan = draft.intake().plan();
    if (sameText && plan != null && plan.asked().containsKey(to.path())) {
      planning.putAside("what was asked about is " + from + ", which has been answered");
    }
    draft.event(new Event.SpecRenamed(from, to.path()));
  }

  private void remove(String path) {
    draft.intake(edit -> {
      edit.handled.remove(path);
      edit.forget(path);
    });
    draft.event(new Event.SpecRemoved(path));
  }

  private void endTasksOfRemovedSpecs() {
    SpecPaths paths = SpecPaths.of(draft.intake());
    List<TaskId> ended = new ArrayList<>();
    for (Task task : draft.tasks().unsettled()) {
      if (task.open() && !draft.sight.specs().containsKey(paths.of(task))) {
        stepping.fail(task, new Reason(Reason.Kind.SPEC_REMOVED, ""));
        ended.add(task.id());
      }
    }
    if (!ended.isEmpty()) {
      handOverDependents(ended);
    }
  }

  /** Nothing will ever make these deps complete: the PM may replace them. */
  private void handOverDependents(List<TaskId> ended) {
    for (Task task : draft.tasks().unsettled()) {
      if (task.status() == TaskStatus.NOT_STARTED
          && task.deps().stream().anyMatch(ended::contains)) {
        draft.intake(edit -> edit.failed(task.id()));
      }
    }
  }
}
