package io.hyperloop.domain;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes an answer of the PM that broke no rule: tasks and answers, in one step. */
final class PlanTaking {
  private static final int NOTE_MAX = 8 * 1024;

  private final Draft draft;
  private final Stepping stepping;
  private final Plan plan;
  private final PmReport report;
  private final int first;
  private final Map<String, TaskId> ids = new HashMap<>();

  PlanTaking(Draft draft, Stepping stepping, Plan plan, PmReport report) {
    this.draft = draft;
    this.stepping = stepping;
    this.plan = plan;
    this.report = report;
    this.first = draft.intake().nextTask();
    for (int i = 0; i < report.tasks().size(); i++) {
      ids.put(report.tasks().get(i).key(), new TaskId(first + i));
    }
    ids.remove("");
  }

  /** Tells of an answer that was given. */
  interface Telling {
    void tell(String path, Handled.Outcome outcome, String note);
  }

  void take(Telling telling) {
    for (int i = 0; i < report.tasks().size(); i++) {
      create(new TaskId(first + i), report.tasks().get(i));
    }
    supersede();
    Map<String, Handled> answers = answers();
    draft.intake(edit -> {
      edit.nextTask = first + report.tasks().size();
      edit.plan = null;
      edit.pmFailures = 0;
      edit.notBefore = null;
      answers.forEach((path, handled) -> {
        edit.handled.put(path, handled);
        edit.forgetReplansBut(new SpecRef(path, handled.commit()));
        if (handled.outcome() == Handled.Outcome.TASKS) {
          edit.replans.merge(new SpecRef(path, handled.commit()).toString(), 1, Integer::sum);
        }
      });
    });
    answers.forEach((path, handled) -> telling.tell(path, handled.outcome(), handled.note()));
  }

  private void create(TaskId id, PmReport.Proposal proposal) {
    Plan.Asked asked = plan.asked().get(proposal.spec());
    if (asked == null) {
      throw new IllegalStateException(proposal.spec() + " was not asked about");
    }
    var deps = new LinkedHashSet<TaskId>();
    for (String dep : proposal.deps()) {
      TaskId key = ids.get(dep);
      deps.add(key != null ? key : TaskId.parse(dep));
    }
    draft.put(
        Task.create(
            id,
            proposal.title().strip(),
            new SpecRef(proposal.spec(), asked.commit()),
            List.copyOf(deps),
            proposal.description()));
    draft.event(new Event.TaskCreated(id, proposal.title().strip(), proposal.spec()));
  }

  /**
   * Tasks that wait for replaced ones now wait for those that replace them. A replaced task that
   * has not started ends; one under way is finished, since its spec's version is.
   */
  private void supersede() {
    var by = new TreeMap<TaskId, Set<TaskId>>();
    for (int i = 0; i < report.tasks().size(); i++) {
      var replacing = new TaskId(first + i);
      for (String old : report.tasks().get(i).replaces()) {
        by.computeIfAbsent(TaskId.parse(old), id -> new LinkedHashSet<>()).add(replacing);
      }
    }
    if (by.isEmpty()) {
      return;
    }
    for (Task task : draft.tasks().unsettled()) {
      if (task.id().number() < first
          && task.status() == TaskStatus.NOT_STARTED
          && task.deps().stream().anyMatch(by::containsKey)) {
        var deps = new LinkedHashSet<TaskId>();
        task.deps().forEach(dep -> deps.addAll(by.getOrDefault(dep, Set.of(dep))));
        draft.put(task.edit().deps(List.copyOf(deps)).notified(null).done());
      }
    }
    by.forEach((old, replacing) -> end(draft.task(old), List.copyOf(replacing)));
    draft.intake(edit -> edit.failures.removeAll(by.keySet()));
  }

  private void end(Task task, List<TaskId> by) {
    String text = "by " + String.join(", ", by.stream().map(TaskId::toString).toList());
    switch (task.status()) {
      case NOT_STARTED -> stepping.fail(task, new Reason(Reason.Kind.SUPERSEDED, text));
      case FAILED -> {
        // What waits for a person waits no more; other reasons are worth keeping.
        Reason reason = task.reason();
        if (reason != null && reason.kind().waitsForPerson()) {
          draft.put(
              task.edit()
                  .reason(new Reason(Reason.Kind.SUPERSEDED, text + "; was " + reason))
                  .done());
        }
      }
      case IN_PROGRESS, COMPLETE -> {}
    }
  }

  private Map<String, Handled> answers() {
    var answers = new TreeMap<String, Handled>();
    plan.asked()
        .forEach((path, asked) ->
            answers.put(path, handled(path, asked, Handled.Outcome.UNANSWERED, "")));
    for (PmReport.Proposal task : report.tasks()) {
      answers.computeIfPresent(
          task.spec(), (path, handled) -> handled.with(Handled.Outcome.TASKS, ""));
    }
    note(answers, report.satisfied(), Handled.Outcome.SATISFIED);
    note(answers, report.deferred(), Handled.Outcome.DEFERRED);
    note(answers, report.questions(), Handled.Outcome.QUESTION);
    return answers;
  }

  private static void note(
      Map<String, Handled> answers, List<PmReport.Note> notes, Handled.Outcome outcome) {
    for (PmReport.Note note : notes) {
      answers.computeIfPresent(
          note.spec(),
          (path, handled) -> handled.with(outcome, Texts.bounded(note.text(), NOTE_MAX)));
    }
  }

  private Handled handled(String path, Plan.Asked asked, Handled.Outcome outcome, String note) {
    return Handled.answered(
        draft.intake().handled().get(path), asked.blob(), asked.commit(), outcome, note);
  }
}
