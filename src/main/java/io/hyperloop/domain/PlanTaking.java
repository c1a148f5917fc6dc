package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes an answer of the PM that broke no rule: tasks and answers, in one step. */
final class PlanTaking {
  private final Draft draft;
  private final Plan plan;
  private final PmReport report;
  private final Map<String, TaskId> ids = new HashMap<>();
  private final Set<String> accepted = new HashSet<>();

  PlanTaking(Draft draft, Plan plan, PmReport report) {
    this.draft = draft;
    this.plan = plan;
    this.report = report;
    plan.asked().forEach(this::noteIfAccepted);
  }

  /** Tells of an answer that was given. */
  interface Telling {
    void tell(String path, Handled.Outcome outcome, String note);
  }

  /** A person who accepted a spec while the PM thought about it has answered it. */
  private void noteIfAccepted(String path, Plan.Asked asked) {
    Handled handled = draft.intake().handled().get(path);
    if (handled != null
        && handled.blob().equals(asked.blob())
        && handled.outcome() == Handled.Outcome.ACCEPTED) {
      accepted.add(path);
    }
  }

  void take(Telling telling) {
    List<PmReport.Proposal> proposals =
        report.tasks().stream().filter(task -> !accepted.contains(task.spec())).toList();
    int first = draft.intake().nextTask();
    for (int i = 0; i < proposals.size(); i++) {
      String key = proposals.get(i).key();
      if (!key.isEmpty()) {
        ids.put(key, new TaskId(first + i));
      }
    }
    for (int i = 0; i < proposals.size(); i++) {
      create(new TaskId(first + i), proposals.get(i));
    }
    for (int i = 0; i < proposals.size(); i++) {
      replace(proposals.get(i), first + i);
    }
    Map<String, Handled> answers = answers();
    draft.intake(edit -> {
      edit.nextTask = first + proposals.size();
      edit.plan = null;
      edit.pmFailures = 0;
      edit.notBefore = null;
      answers.forEach((path, handled) -> {
        edit.handled.put(path, handled);
        if (handled.outcome() == Handled.Outcome.TASKS) {
          edit.replans.merge(new SpecRef(path, handled.commit()).toString(), 1, Integer::sum);
        }
        if (handled.outcome() != Handled.Outcome.QUESTION) {
          edit.answers.remove(path);
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
    var deps = new ArrayList<TaskId>();
    for (String dep : proposal.deps()) {
      TaskId known = ids.get(dep);
      if (known != null) {
        deps.add(known);
      } else if (draft.isTask(dep)) {
        deps.add(TaskId.parse(dep));
      }
    }
    draft.put(
        Task.create(
            id,
            proposal.title().strip(),
            new SpecRef(proposal.spec(), asked.commit()),
            deps.stream().distinct().toList(),
            proposal.description()));
    draft.event(new Event.TaskCreated(id, proposal.title().strip(), proposal.spec()));
  }

  private void replace(PmReport.Proposal proposal, int number) {
    if (proposal.replaces().isEmpty()) {
      return;
    }
    Set<TaskId> old = new HashSet<>();
    proposal.replaces().forEach(id -> old.add(TaskId.parse(id)));
    var by = new TaskId(number);
    for (Task task : draft.tasks().list()) {
      if (task.status() == TaskStatus.NOT_STARTED && task.deps().stream().anyMatch(old::contains)) {
        List<TaskId> deps =
            task.deps().stream().map(dep -> old.contains(dep) ? by : dep).distinct().toList();
        draft.put(task.edit().deps(deps).notified(null).done());
      }
    }
  }

  private Map<String, Handled> answers() {
    var answers = new TreeMap<String, Handled>();
    plan.asked()
        .forEach((path, asked) ->
            answers.put(path, handled(path, asked, Handled.Outcome.UNANSWERED, "")));
    report
        .tasks()
        .forEach(task -> {
          Plan.Asked asked = plan.asked().get(task.spec());
          if (asked != null) {
            answers.put(task.spec(), handled(task.spec(), asked, Handled.Outcome.TASKS, ""));
          }
        });
    note(answers, report.satisfied(), Handled.Outcome.SATISFIED);
    note(answers, report.deferred(), Handled.Outcome.DEFERRED);
    note(answers, report.questions(), Handled.Outcome.QUESTION);
    answers.keySet().removeAll(accepted);
    return answers;
  }

  private void note(
      Map<String, Handled> answers, List<PmReport.Note> notes, Handled.Outcome outcome) {
    for (PmReport.Note note : notes) {
      Plan.Asked asked = plan.asked().get(note.spec());
      if (asked != null) {
        answers.put(note.spec(), handled(note.spec(), asked, outcome, note.text()));
      }
    }
  }

  private Handled handled(String path, Plan.Asked asked, Handled.Outcome outcome, String note) {
    Handled was = draft.intake().handled().get(path);
    return new Handled(
        asked.blob(), asked.commit(), outcome, note, was == null ? List.of() : was.formerly());
  }
}
