package io.hyperloop.domain;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;

/** INTAKE: what has changed in the specs, the question to the PM, and its answer. */
final class Planning {
  private final Draft draft;
  private final Stepping stepping;

  Planning(Draft draft, Stepping stepping) {
    this.draft = draft;
    this.stepping = stepping;
  }

  void run() {
    new FollowSpecs(draft, stepping, this).run();
    question();
  }

  /** Asks the PM if there is something to be asked, and it is not being asked already. */
  private void question() {
    Gaps.settle(draft, this);
    if (draft.sight.stopping() || !due()) {
      return;
    }
    if (draft.intake().plan() == null) {
      ask(Gaps.of(draft));
    }
    Plan open = draft.intake().plan();
    if (open != null && !planning()) {
      draft.moves.add(new Move.AskPm(open.key()));
    }
  }

  /** Whether a PM is at work, be it on a question that was put aside: there is one at a time. */
  private boolean planning() {
    return draft.sight.workers().stream().anyMatch(JobKey.Planning.class::isInstance)
        || draft.moves.stream().anyMatch(Move.AskPm.class::isInstance);
  }

  /** What failed only after the PM was asked, at a gate or an action, is asked about as well. */
  void failedSince(List<TaskId> failures) {
    if (!draft.intake().failures().equals(failures)) {
      question();
    }
  }

  private boolean due() {
    Instant notBefore = draft.intake().notBefore();
    return draft.intake().pmFailures() < draft.limits.pmMaxFailures()
        && !draft.later(notBefore)
        && draft.thrift.allows(AgentTemplate.PM);
  }

  private void ask(Gaps gaps) {
    if (gaps.asked().isEmpty()) {
      return;
    }
    draft.intake(edit -> {
      edit.generation++;
      edit.plan = new Plan(edit.generation, gaps.asked(), gaps.failures(), List.of());
      edit.failures.removeAll(gaps.failures());
    });
    draft.event(
        new Event.PlanningStarted(
            draft.intake().generation(), List.copyOf(gaps.asked().keySet()), gaps.failures()));
  }

  /** The ground of the open question has shifted: what is still open is asked anew. */
  void putAside(String why) {
    Plan plan = draft.intake().plan();
    if (plan != null) {
      draft.event(new Event.PlanningEnded(plan.generation(), "put aside: " + why));
      close(plan);
    }
  }

  /** Ends the open question without an answer: nothing that was detected is lost. */
  private void close(Plan plan) {
    draft.intake(edit -> {
      var failures = new LinkedHashSet<TaskId>(plan.failures());
      failures.addAll(edit.failures);
      edit.failures.clear();
      edit.failures.addAll(failures);
      edit.plan = null;
    });
  }

  /** Tells of an answer about a spec. */
  void told(String path, Handled.Outcome outcome, String note) {
    draft.event(new Event.SpecAnswered(path, outcome.word(), note));
    if (outcome.needsHuman()) {
      String remedy =
          outcome == Handled.Outcome.QUESTION
              ? "hyperloop answer " + path + " \"...\""
              : "edit the spec, hyperloop answer " + path + " \"...\", or hyperloop accept " + path;
      draft.event(
          new Event.HumanNeeded(
              path, outcome.word() + (note.isEmpty() ? "" : ": " + note), remedy));
    }
  }

  /** The PM has ended. */
  void ended(JobEnd.Pm ended) {
    Plan plan = draft.intake().plan();
    if (plan == null || !plan.key().equals(ended.key())) {
      return;
    }
    switch (ended.end()) {
      case PmEnd.Answered answered -> {
        List<String> problems =
            IntakeRules.problems(plan, answered.report(), draft.tasks(), draft.limits);
        if (problems.isEmpty()) {
          new PlanTaking(draft, stepping, plan, answered.report()).take(this::told);
          draft.event(new Event.PlanningEnded(plan.generation(), "answered"));
        } else {
          correct(plan, problems);
        }
      }
      case PmEnd.Garbled garbled -> correct(plan, garbled.problems());
      case PmEnd.Silent silent -> silent(plan, silent);
    }
  }

  /** Once the PM is shown what was wrong; a second wrong answer is a failed intake. */
  private void correct(Plan plan, List<String> problems) {
    draft.event(
        new Event.PlanningEnded(plan.generation(), "not usable: " + String.join("; ", problems)));
    if (!plan.correction().isEmpty()) {
      failed(plan);
      return;
    }
    draft.intake(edit -> {
      edit.generation++;
      edit.plan = new Plan(edit.generation, plan.asked(), plan.failures(), problems);
    });
  }

  private void silent(Plan plan, PmEnd.Silent silent) {
    String said = silent.kind().words() + ": " + silent.detail();
    draft.event(new Event.PlanningEnded(plan.generation(), said));
    if (silent.kind() == Breakage.CREDENTIALS) {
      draft.stuck(said);
    }
    if (silent.kind() == Breakage.QUOTA) {
      draft.thrift.outOfQuota(AgentTemplate.PM, silent.until(), said);
    }
    if (silent.kind().counts() == Breakage.Count.NOTHING) {
      draft.intake(
          edit -> edit.notBefore = silent.kind().backsOff() ? draft.now.plusSeconds(30) : null);
    } else {
      failed(plan);
    }
  }

  private void failed(Plan plan) {
    close(plan);
    draft.intake(edit -> {
      edit.pmFailures++;
      edit.notBefore = draft.now.plus(Backoff.after(edit.pmFailures));
    });
  }
}
