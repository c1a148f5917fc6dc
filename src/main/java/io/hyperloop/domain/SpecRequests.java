package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people say about specs: answers to questions, and that a spec is done as it is. */
final class SpecRequests {
  private static final int ANSWERS_MAX = 20;

  private final Draft draft;
  private final Planning planning;

  SpecRequests(Draft draft, Planning planning) {
    this.draft = draft;
    this.planning = planning;
  }

  void answer(Request.AnswerSpec answer) {
    String path = answer.spec();
    Handled handled = draft.intake().handled().get(path);
    if (handled == null || !handled.outcome().needsHuman()) {
      draft.event(new Event.RequestRefused("answer for " + path, "it asks nothing"));
      return;
    }
    draft.intake(edit -> {
      var given = new ArrayList<>(edit.answers.getOrDefault(path, List.of()));
      given.add(answer.text());
      edit.answers.put(
          path, List.copyOf(given.subList(Math.max(0, given.size() - ANSWERS_MAX), given.size())));
      edit.handled.put(path, handled.reopened());
      // A person has spoken: the generations before do not count against what follows.
      edit.replans.remove(new SpecRef(path, handled.commit()).toString());
    });
    draft.event(new Event.RequestTaken("answer for " + path));
    putAsideIfAsked(path, "a person answered");
  }

  void accept(Request.Accept accept) {
    Map<String, Handled> accepted = new HashMap<>();
    accept
        .blobs()
        .forEach((path, blob) -> {
          Spec spec = draft.sight.specs().get(path);
          if (spec == null || !spec.blob().equals(blob)) {
            draft.event(
                new Event.RequestRefused("accept of " + path, "the spec has changed since"));
            return;
          }
          accepted.put(path, accepted(spec));
          draft.event(new Event.SpecAnswered(path, Handled.Outcome.ACCEPTED.word(), "by a person"));
        });
    SpecPaths paths = SpecPaths.of(draft.intake());
    draft.intake(edit -> {
      edit.handled.putAll(accepted);
      edit.failures.removeIf(
          id -> draft.find(id).map(paths::of).filter(accepted::containsKey).isPresent());
    });
    accepted.keySet().forEach(path -> putAsideIfAsked(path, "a person accepted a spec"));
  }

  private Handled accepted(Spec spec) {
    Handled was = draft.intake().handled().get(spec.path());
    String commit =
        spec.commit() != null
            ? spec.commit()
            : was != null && was.blob().equals(spec.blob()) ? was.commit() : draft.sight.baseTip();
    return Handled.answered(was, spec.blob(), commit, Handled.Outcome.ACCEPTED, "");
  }

  /** What the PM works on was asked before the person spoke, and must not undo what they said. */
  private void putAsideIfAsked(String path, String why) {
    Plan plan = draft.intake().plan();
    if (plan != null && plan.asked().containsKey(path)) {
      planning.putAside(why);
    }
  }
}
