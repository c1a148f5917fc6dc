package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** INTAKE: what has changed in the specs, the question to the PM, and its answer. */
final class Planning {
  private final Draft draft;
  private final Stepping stepping;

  Planning(Draft draft, Stepping stepping) {
    this.draft = draft;
    this.stepping = stepping;
  }

  void run() {
    followSpecs();
    Plan open = draft.intake().plan();
    if (open == null && !draft.sight.stopping() && due()) {
      ask();
      open = draft.intake().plan();
    }
    if (open != null && !draft.sight.stopping() && due() && !running(open)) {
      draft.moves.add(new Move.AskPm(open.key()));
    }
  }

  private boolean running(Plan plan) {
    return draft.sight.workers().contains(plan.key());
  }

  private boolean due() {
    var notBefore = draft.intake().notBefore();
    return draft.intake().pmFailures() < draft.limits.pmMaxFailures()
        && (notBefore == null || !notBefore.isAfter(draft.now));
  }

  /**
   * Renamed specs keep what was answered for them; deleted ones lose it, and their open tasks end.
   */
  private void followSpecs() {
    Map<String, Spec> specs = draft.sight.specs();
    Intake intake = draft.intake();
    List<String> gone =
        intake.handled().keySet().stream().filter(path -> !specs.containsKey(path)).toList();
    Map<String, String> byBlob = gone.isEmpty() ? Map.of() : draft.pathsByBlob();
    for (String path : gone) {
      Handled handled = Objects.requireNonNull(intake.handled().get(path));
      String to = byBlob.get(handled.blob());
      if (to != null && !draft.intake().handled().containsKey(to)) {
        rename(path, to, handled);
      } else {
        draft.intake(edit -> edit.handled.remove(path));
        draft.event(new Event.SpecRemoved(path));
      }
    }
    endTasksOfRemovedSpecs();
  }

  private void rename(String from, String to, Handled handled) {
    var formerly = new ArrayList<>(handled.formerly());
    formerly.add(from);
    draft.intake(edit -> {
      edit.handled.remove(from);
      edit.handled.put(
          to,
          new Handled(
              handled.blob(), handled.commit(), handled.outcome(), handled.note(), formerly));
    });
    draft.event(new Event.SpecRenamed(from, to));
  }

  private void endTasksOfRemovedSpecs() {
    SpecPaths paths = SpecPaths.of(draft.intake());
    List<Task> orphans = new ArrayList<>();
    for (Task task : draft.tasks()) {
      if (task.open() && !draft.sight.specs().containsKey(paths.of(task))) {
        orphans.add(task);
      }
    }
    for (Task task : orphans) {
      stepping.fail(task, new Reason(Reason.Kind.SPEC_REMOVED, ""));
    }
    if (!orphans.isEmpty()) {
      handOverDependents(orphans.stream().map(Task::id).toList());
    }
  }

  /** Nothing will ever make these deps complete: the PM may replace them. */
  private void handOverDependents(List<TaskId> ended) {
    for (Task task : draft.tasks()) {
      if (task.open() && task.deps().stream().anyMatch(ended::contains)) {
        draft.intake(edit -> edit.failures.add(task.id()));
      }
    }
  }

  private void ask() {
    Map<String, Plan.Asked> asked = new TreeMap<>();
    for (Spec spec : draft.sight.specs().values()) {
      if (spec.commit() != null && !draft.intake().covers(spec)) {
        asked.put(spec.path(), new Plan.Asked(spec.blob(), spec.commit()));
      }
    }
    List<TaskId> failures = failures(asked);
    if (asked.isEmpty()) {
      return;
    }
    draft.intake(edit -> {
      edit.generation++;
      edit.plan = new Plan(edit.generation, asked, failures, List.of());
      edit.failures.removeAll(failures);
    });
    draft.event(
        new Event.PlanningStarted(
            draft.intake().generation(), List.copyOf(asked.keySet()), failures));
  }

  /**
   * Failed tasks to hand over; their specs are asked about again unless that was done too often.
   */
  private List<TaskId> failures(Map<String, Plan.Asked> asked) {
    SpecPaths paths = SpecPaths.of(draft.intake());
    var handedOver = new ArrayList<TaskId>();
    for (TaskId id : draft.intake().failures()) {
      String path = paths.of(draft.task(id));
      Spec spec = draft.sight.specs().get(path);
      Handled handled = draft.intake().handled().get(path);
      if (asked.containsKey(path)) {
        handedOver.add(id);
      } else if (spec == null) {
        draft.intake(edit -> edit.failures.remove(id));
      } else if (handled != null && handled.blob().equals(spec.blob())) {
        // Otherwise its commit is not known yet, and the failure goes with the change.
        if (replansSpent(path, handled)) {
          draft.intake(edit -> edit.failures.remove(id));
        } else {
          asked.put(path, new Plan.Asked(handled.blob(), handled.commit()));
          handedOver.add(id);
        }
      }
    }
    return handedOver;
  }

  private boolean replansSpent(String path, Handled handled) {
    int generations = draft.intake().replansOf(new SpecRef(path, handled.commit()));
    if (generations < draft.limits.maxReplans()) {
      return false;
    }
    if (handled.outcome() == Handled.Outcome.TASKS) {
      answer(
          path,
          handled,
          Handled.Outcome.REPLANS_SPENT,
          generations + " generations of tasks failed");
    }
    return true;
  }

  private void answer(String path, Handled was, Handled.Outcome outcome, String note) {
    draft.intake(edit ->
        edit.handled.put(
            path, new Handled(was.blob(), was.commit(), outcome, note, was.formerly())));
    told(path, outcome, note);
  }

  private void told(String path, Handled.Outcome outcome, String note) {
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
          new PlanTaking(draft, plan, answered.report()).take(this::told);
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
    if (silent.kind().counts() == Breakage.Count.NOTHING) {
      draft.intake(
          edit -> edit.notBefore = silent.kind().backsOff() ? draft.now.plusSeconds(30) : null);
    } else {
      failed(plan);
    }
  }

  private void failed(Plan plan) {
    draft.intake(edit -> {
      edit.pmFailures++;
      edit.notBefore = draft.now.plus(Backoff.after(edit.pmFailures));
      edit.plan = null;
      edit.failures.addAll(0, plan.failures());
    });
  }

  void answer(Request.AnswerSpec answer) {
    Handled handled = draft.intake().handled().get(answer.spec());
    if (handled == null || !handled.outcome().needsHuman()) {
      draft.event(new Event.RequestRefused("answer for " + answer.spec(), "it asks nothing"));
      return;
    }
    draft.intake(edit -> {
      var given = new ArrayList<>(edit.answers.getOrDefault(answer.spec(), List.of()));
      given.add(answer.text());
      edit.answers.put(answer.spec(), List.copyOf(given));
      edit.handled.remove(answer.spec());
      // A person has spoken: the generations before do not count against what follows.
      edit.replans.remove(new SpecRef(answer.spec(), handled.commit()).toString());
    });
    draft.event(new Event.RequestTaken("answer for " + answer.spec()));
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
          Handled was = draft.intake().handled().get(path);
          String commit =
              spec.commit() != null
                  ? spec.commit()
                  : was != null && was.blob().equals(blob) ? was.commit() : draft.sight.baseTip();
          accepted.put(
              path,
              new Handled(
                  blob,
                  commit,
                  Handled.Outcome.ACCEPTED,
                  "",
                  was == null ? List.of() : was.formerly()));
          draft.event(new Event.SpecAnswered(path, Handled.Outcome.ACCEPTED.word(), "by a person"));
        });
    SpecPaths paths = SpecPaths.of(draft.intake());
    draft.intake(edit -> {
      edit.handled.putAll(accepted);
      edit.failures.removeIf(id -> accepted.containsKey(paths.of(draft.task(id))));
    });
  }
}
