package io.hyperloop.sim;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Dice;
import io.hyperloop.domain.Plan;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.sim.Faults.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The PM: sensible as a rule, of any kind of nonsense now and then. */
final class Pm {
  private final Simulation sim;
  private final Dice dice;

  Pm(Simulation sim) {
    this.sim = sim;
    this.dice = sim.dice;
  }

  PmEnd end(Plan plan) {
    if (sim.faults.strikes(Kind.PM_BREAKS)) {
      sim.trace.count("PM breaks");
      return dice.oneIn(3) ? new PmEnd.Garbled(List.of(sim.text("not JSON"))) : silent();
    }
    if (sim.faults.calm()) {
      return new PmEnd.Answered(sensible(plan));
    }
    PmReport report = random(plan);
    if (!report.tasks().isEmpty() && sim.faults.strikes(Kind.PM_ERRS)) {
      sim.trace.count("PM errs");
      report = wrong(report);
    }
    return new PmEnd.Answered(report);
  }

  private PmEnd silent() {
    Breakage kind = sim.agents.breakage();
    return new PmEnd.Silent(kind, sim.text("output"), sim.agents.until(kind));
  }

  /** One task for each spec, in place of whatever stands in its way. */
  private PmReport sensible(Plan plan) {
    State state = sim.disk.state();
    var stuck = new LinkedHashSet<>(plan.failures());
    Set<String> asked = plan.asked().keySet();
    for (Task task : state.tasks()) {
      Reason reason = task.reason();
      boolean parked = task.status() == TaskStatus.FAILED && reason != null;
      boolean blocked = task.status() == TaskStatus.NOT_STARTED && blocked(state, task);
      if ((parked || blocked) && (asked.contains(task.specRef().path()) || asked.size() > 0)) {
        stuck.add(task.id());
      }
    }
    var tasks = new ArrayList<PmReport.Proposal>();
    for (String path : asked) {
      List<String> replaces =
          tasks.isEmpty() ? stuck.stream().map(TaskId::toString).toList() : List.of();
      tasks.add(
          new PmReport.Proposal(
              "", "Do all of " + path, path, sim.text("as it says"), List.of(), replaces));
    }
    List<PmReport.Proposal> few =
        tasks.subList(0, Math.min(tasks.size(), sim.limits.maxTasksPerIntake()));
    var rest = new ArrayList<PmReport.Note>();
    tasks
        .subList(few.size(), tasks.size())
        .forEach(task -> rest.add(new PmReport.Note(task.spec(), "it is there")));
    return new PmReport(few, rest, List.of(), List.of());
  }

  private static boolean blocked(State state, Task task) {
    return task.deps().stream()
        .anyMatch(
            dep -> state.tasks().find(dep).map(d -> d.status() == TaskStatus.FAILED).orElse(true));
  }

  private PmReport random(Plan plan) {
    var proposals = new ArrayList<PmReport.Proposal>();
    var satisfied = new ArrayList<PmReport.Note>();
    var deferred = new ArrayList<PmReport.Note>();
    var questions = new ArrayList<PmReport.Note>();
    for (String path : plan.asked().keySet()) {
      var note = new PmReport.Note(path, sim.text("so"));
      if (!sim.faults.strikes(Kind.PM_DECLINES)) {
        for (int i = 1 + dice.below(3); i > 0; i--) {
          proposals.add(proposal(path, proposals.size()));
        }
        continue;
      }
      switch (dice.below(4)) {
        case 0 -> satisfied.add(note);
        case 1 -> deferred.add(note);
        case 2 -> questions.add(note);
        default -> {} // It is left out.
      }
    }
    return new PmReport(proposals, satisfied, deferred, questions);
  }

  /** It may wait for, and replace, whatever there is, be that allowed or not. */
  private PmReport.Proposal proposal(String path, int number) {
    List<Task> tasks = sim.disk.state().tasks().list();
    var deps = new ArrayList<String>();
    var replaces = new ArrayList<String>();
    if (number > 0 && dice.oneIn(2)) {
      deps.add("k" + dice.below(number));
    }
    if (!tasks.isEmpty() && dice.oneIn(3)) {
      Task some = dice.pick(tasks);
      if (some.status() != TaskStatus.FAILED || dice.oneIn(8)) {
        deps.add(some.id().toString());
      }
    }
    if (!tasks.isEmpty() && dice.oneIn(4)) {
      replaces.add(dice.pick(tasks).id().toString());
    }
    return new PmReport.Proposal(
        "k" + number, "Do " + number, path, sim.text("as it says"), deps, replaces);
  }

  /** The same answer, with one thing in it that no answer may have. */
  private PmReport wrong(PmReport report) {
    var tasks = new ArrayList<>(report.tasks());
    PmReport.Proposal first = tasks.getFirst();
    switch (dice.below(7)) {
      case 0 -> tasks.set(0, with(first, first.title(), "specs/none.md", first.deps()));
      case 1 -> tasks.set(0, with(first, first.title(), first.spec(), List.of("task-999")));
      case 2 -> tasks.set(0, with(first, first.title(), first.spec(), List.of(first.key())));
      case 3 -> tasks.set(0, with(first, "two\nlines", first.spec(), first.deps()));
      case 4 -> tasks.add(first);
      case 5 -> {
        for (int i = 0; i <= sim.limits.maxTasksPerIntake(); i++) {
          tasks.add(new PmReport.Proposal("", "More", first.spec(), "", List.of(), List.of()));
        }
      }
      default -> {
        tasks.set(0, with(first, first.title(), first.spec(), List.of("last")));
        tasks.add(
            new PmReport.Proposal(
                "last", "Last", first.spec(), "", List.of(first.key()), List.of()));
      }
    }
    return new PmReport(tasks, report.satisfied(), report.deferred(), report.questions());
  }

  private static PmReport.Proposal with(
      PmReport.Proposal task, String title, String spec, List<String> deps) {
    return new PmReport.Proposal(
        task.key(), title, spec, task.description(), deps, task.replaces());
  }
}
