package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the PM is to be asked: specs whose present text was not answered, and specs of which a task
 * failed.
 *
 * @param asked by path
 * @param failures the failed tasks to hand over with the question
 * @param unread a spec is a gap, but the commit that made it so is not known yet
 */
record Gaps(SortedMap<String, Plan.Asked> asked, List<TaskId> failures, boolean unread) {

  static Gaps of(Draft draft) {
    Intake intake = draft.intake();
    var asked = new TreeMap<String, Plan.Asked>();
    boolean unread = false;
    for (Spec spec : draft.sight.specs().values()) {
      if (!intake.covers(spec)) {
        String commit = spec.commit();
        if (commit == null) {
          unread = true;
        } else {
          asked.put(spec.path(), new Plan.Asked(spec.blob(), commit));
        }
      }
    }
    return new Gaps(
        asked, intake.failures().isEmpty() ? List.of() : failures(draft, asked), unread);
  }

  boolean none() {
    return asked.isEmpty() && !unread;
  }

  /** Chooses the failures to hand over; a spec is asked about again because of them. */
  private static List<TaskId> failures(Draft draft, SortedMap<String, Plan.Asked> asked) {
    Intake intake = draft.intake();
    SpecPaths paths = SpecPaths.of(intake);
    var handedOver = new ArrayList<TaskId>();
    for (TaskId id : intake.failures()) {
      String path = draft.find(id).map(paths::of).orElse("");
      Handled handled = intake.handled().get(path);
      Spec spec = draft.sight.specs().get(path);
      if (asked.containsKey(path)) {
        handedOver.add(id);
      } else if (spec != null
          && handled != null
          && intake.covers(spec)
          && !handled.outcome().needsHuman()) {
        asked.put(path, new Plan.Asked(handled.blob(), handled.commit()));
        handedOver.add(id);
      }
      // Otherwise only a person can take the spec further, and the failure goes with what follows.
    }
    return handedOver;
  }

  /** Settles failures that no question is asked about: see each case. */
  static void settle(Draft draft, Planning planning) {
    if (draft.intake().failures().isEmpty()) {
      return;
    }
    SpecPaths paths = SpecPaths.of(draft.intake());
    for (TaskId id : draft.intake().failures()) {
      String path = draft.find(id).map(paths::of).orElse("");
      Spec spec = draft.sight.specs().get(path);
      Handled handled = draft.intake().handled().get(path);
      if (spec == null
          || (handled != null
              && draft.intake().covers(spec)
              && handled.outcome() == Handled.Outcome.ACCEPTED)) {
        // The spec is gone, or a person takes it for done.
        draft.intake(edit -> edit.failures.remove(id));
      } else if (handled != null && draft.intake().covers(spec)) {
        spend(draft, planning, path, handled);
      }
    }
  }

  private static void spend(Draft draft, Planning planning, String path, Handled handled) {
    int generations = draft.intake().replansOf(new SpecRef(path, handled.commit()));
    if (generations >= draft.limits.maxReplans() && !handled.outcome().needsHuman()) {
      String note = generations + " generations of tasks failed";
      draft.intake(
          edit -> edit.handled.put(path, handled.with(Handled.Outcome.REPLANS_SPENT, note)));
      planning.told(path, Handled.Outcome.REPLANS_SPENT, note);
    }
  }
}
