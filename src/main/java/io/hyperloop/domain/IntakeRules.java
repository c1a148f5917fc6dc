package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whether the PM's answer is one. All problems at once, in words that it can act on. */
final class IntakeRules {
  private static final int TITLE_MAX = 200;
  private static final int PROBLEMS_MAX = 50;

  private final Plan plan;
  private final PmReport report;
  private final TaskTable tasks;
  private final Limits limits;
  private final List<String> problems = new ArrayList<>();
  private final Set<TaskId> replaced = new HashSet<>();

  private IntakeRules(Plan plan, PmReport report, TaskTable tasks, Limits limits) {
    this.plan = plan;
    this.report = report;
    this.tasks = tasks;
    this.limits = limits;
  }

  /** The problems of an answer; none if it can be taken. A spec left out is not one. */
  static List<String> problems(Plan plan, PmReport report, TaskTable tasks, Limits limits) {
    var rules = new IntakeRules(plan, report, tasks, limits);
    rules.check();
    List<String> all = rules.problems;
    return all.size() <= PROBLEMS_MAX ? all : all.subList(0, PROBLEMS_MAX);
  }

  private void check() {
    if (report.tasks().size() > limits.maxTasksPerIntake()) {
      problems.add(
          report.tasks().size()
              + " tasks are more than max_tasks_per_intake ("
              + limits.maxTasksPerIntake()
              + "): propose fewer, larger ones");
      return;
    }
    answers();
    Set<String> keys = keys();
    replaced();
    for (int i = 0; i < report.tasks().size(); i++) {
      proposal(name(i), report.tasks().get(i), keys);
    }
    if (problems.isEmpty()) {
      cycle().ifPresent(cycle -> problems.add("the tasks wait for each other: " + cycle));
    }
  }

  private void answers() {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < report.tasks().size(); i++) {
      String spec = report.tasks().get(i).spec();
      known(name(i), spec);
      given.put(spec, "tasks");
    }
    notes("satisfied", report.satisfied(), given);
    notes("deferred", report.deferred(), given);
    notes("questions", report.questions(), given);
  }

  private void notes(String answer, List<PmReport.Note> notes, Map<String, String> given) {
    for (PmReport.Note note : notes) {
      known(answer, note.spec());
      String other = given.put(note.spec(), answer);
      if (other != null) {
        problems.add(note.spec() + " is answered twice, by " + other + " and by " + answer);
      }
      if (note.text().isBlank()) {
        problems.add(
            answer + " of " + note.spec() + " says nothing: give evidence, reason or question");
      }
    }
  }

  private void known(String where, String spec) {
    if (!plan.asked().containsKey(spec)) {
      problems.add(
          where
              + ": spec \""
              + oneLine(spec)
              + "\" was not asked about; asked were: "
              + String.join(", ", plan.asked().keySet().stream().sorted().toList()));
    }
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < report.tasks().size(); i++) {
      String key = report.tasks().get(i).key();
      if (!key.isEmpty() && !keys.add(key)) {
        problems.add(name(i) + ": the key \"" + oneLine(key) + "\" is used twice");
      }
      if (isId(key)) {
        problems.add(name(i) + ": the key \"" + key + "\" looks like the id of an existing task");
      }
    }
    return keys;
  }

  private void proposal(String name, PmReport.Proposal proposal, Set<String> keys) {
    String title = proposal.title();
    if (title.isBlank()
        || title.length() > TITLE_MAX
        || title.chars().anyMatch(IntakeRules::breaksLine)) {
      problems.add(name + ": a title is one line of 1 to " + TITLE_MAX + " characters");
    }
    for (String dep : proposal.deps()) {
      if (keys.contains(dep)) {
        if (dep.equals(proposal.key())) {
          problems.add(name + ": it waits for itself");
        }
        continue;
      }
      Optional<Task> task = existing(dep);
      if (task.isEmpty()) {
        problems.add(
            name + ": dep \"" + oneLine(dep) + "\" is neither a task nor a key of this answer");
      } else if (task.get().status() == TaskStatus.FAILED) {
        problems.add(name + ": dep " + dep + " has failed; wait for what replaces it");
      } else if (task.get().open() && replaced.contains(task.get().id())) {
        problems.add(name + ": dep " + dep + " is replaced by this answer; wait for its key");
      }
    }
  }

  private void replaced() {
    for (int i = 0; i < report.tasks().size(); i++) {
      for (String old : report.tasks().get(i).replaces()) {
        if (existing(old).isEmpty()) {
          problems.add(name(i) + ": replaces \"" + oneLine(old) + "\", which is no task");
        } else {
          replaced.add(TaskId.parse(old));
        }
      }
    }
  }

  private static boolean breaksLine(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c)
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private Optional<Task> existing(String id) {
    return isId(id) ? tasks.find(TaskId.parse(id)) : Optional.empty();
  }

  private static boolean isId(String text) {
    return TaskId.reads(text);
  }

  /** Looks for a cycle as it would be once the answer is taken, replacements included. */
  private Optional<String> cycle() {
    int first = 1 + (tasks.size() == 0 ? 0 : tasks.list().getLast().id().number());
    Map<String, TaskId> ids = new HashMap<>();
    for (int i = 0; i < report.tasks().size(); i++) {
      ids.put(report.tasks().get(i).key(), new TaskId(first + i));
    }
    Map<TaskId, List<TaskId>> deps = new HashMap<>();
    Map<TaskId, List<TaskId>> by = new HashMap<>();
    for (int i = 0; i < report.tasks().size(); i++) {
      PmReport.Proposal proposal = report.tasks().get(i);
      var own = new ArrayList<TaskId>();
      for (String dep : proposal.deps()) {
        TaskId id = ids.get(dep);
        own.add(id != null && !dep.isEmpty() ? id : TaskId.parse(dep));
      }
      deps.put(new TaskId(first + i), own);
      for (String old : proposal.replaces()) {
        by.computeIfAbsent(TaskId.parse(old), o -> new ArrayList<>()).add(new TaskId(first + i));
      }
    }
    for (Task task : tasks.unsettled()) {
      if (task.open()) {
        deps.put(
            task.id(),
            task.deps().stream().flatMap(d -> by.getOrDefault(d, List.of(d)).stream()).toList());
      }
    }
    return DependencyGraph.of(deps)
        .cycle()
        .map(c -> String.join(" -> ", c.stream().map(id -> label(id, first)).toList()));
  }

  private String label(TaskId id, int first) {
    return id.number() < first ? id.toString() : name(id.number() - first);
  }

  private String name(int index) {
    String key = report.tasks().get(index).key();
    return "tasks[" + index + "]" + (key.isEmpty() ? "" : " (" + oneLine(key) + ")");
  }

  private static String oneLine(String text) {
    return Texts.oneLine(text, 100);
  }
}
