package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Composes what the PM is asked. */
public final class PmPrompt {
  private static final int TASKS_MAX = 1000;
  private static final int FINDINGS_MAX = 100_000;

  private PmPrompt() {}

  /**
   * A spec that the PM answers.
   *
   * @param text in full
   * @param diff against the version that was last answered; empty if there was none
   */
  public record Changed(String path, String commit, String text, String diff) {}

  /**
   * The question to the PM.
   *
   * @param plan what is asked
   * @param changed the texts of the specs asked about, in the order to show them
   * @param specs all specs at the base tip, by path
   */
  public static Prompt compose(
      AgentTemplate template,
      Plan plan,
      List<Changed> changed,
      Map<String, Spec> specs,
      State state) {
    var prompt = new Prompt.Builder();
    prompt.role(template);
    for (Changed spec : changed) {
      prompt.add("Spec to answer: " + spec.path(), "spec", spec(spec));
      prompt.add(
          "Answers that people gave about " + spec.path(),
          "state",
          answers(state.intake().answersFor(spec.path())));
    }
    prompt.add("Tasks that failed or lost what they wait for", "findings", failures(plan, state));
    prompt.add("All tasks", "state", tasks(state.tasks()));
    prompt.add("All specs", "state", specs(specs, state));
    prompt.add("How to report", "runtime", report(plan));
    prompt.add("What was wrong with your last answer", "runtime", correction(plan));
    return prompt.done();
  }

  private static String spec(Changed spec) {
    String full = "At commit " + spec.commit() + ":\n\n" + Prompt.fenced("markdown", spec.text());
    return spec.diff().isBlank()
        ? full
        : full + "\n\nChanged since it was last answered:\n\n" + Prompt.fenced("diff", spec.diff());
  }

  private static String answers(List<String> answers) {
    return String.join(
        "\n\n", answers.stream().map(answer -> Prompt.fenced("markdown", answer)).toList());
  }

  private static String failures(Plan plan, State state) {
    var text = new StringBuilder();
    for (TaskId id : plan.failures()) {
      Task task = state.task(id);
      text.append("## ").append(id).append(": ").append(task.title()).append("\n\n");
      text.append(task.specRef().path()).append(", ").append(task.status().word());
      text.append(task.reason() == null ? "" : ", " + task.reason()).append("\n\n");
      for (Review review : state.reviews().of(id).reversed()) {
        if (text.length() > FINDINGS_MAX) {
          return text + "(older findings are left out)\n";
        }
        text.append("### Round ").append(review.round()).append(", ").append(review.role());
        text.append("\n\n");
        text.append(Prompt.fenced("markdown", Prompt.cut(review.body().strip(), 20_000)));
        text.append("\n\n");
      }
    }
    return text.toString();
  }

  private static String tasks(TaskTable tasks) {
    List<Task> shown = shown(tasks);
    var text = new StringBuilder();
    for (Task task : shown) {
      text.append("- ").append(task.id()).append(" [").append(task.status().word()).append("] ");
      text.append(task.title()).append(" (").append(task.specRef().abbreviated()).append(")");
      if (!task.deps().isEmpty()) {
        text.append(" after ");
        text.append(String.join(", ", task.deps().stream().map(TaskId::toString).toList()));
      }
      text.append('\n');
    }
    if (shown.size() < tasks.size()) {
      text.append("(and ").append(tasks.size() - shown.size()).append(" more)\n");
    }
    return text.toString();
  }

  /** The open ones, then the newest of those that have ended; each by number. */
  private static List<Task> shown(TaskTable tasks) {
    var shown = new ArrayList<Task>(tasks.unsettled().stream().filter(Task::open).toList());
    var ended = new ArrayList<Task>();
    for (Task task : tasks.list().reversed()) {
      if (shown.size() + ended.size() >= TASKS_MAX) {
        break;
      }
      if (!task.open()) {
        ended.add(task);
      }
    }
    shown.addAll(ended.reversed());
    return shown.subList(0, Math.min(TASKS_MAX, shown.size()));
  }

  private static String specs(Map<String, Spec> specs, State state) {
    Map<String, SpecStatus> statuses = SpecStatus.all(state, specs);
    var text = new StringBuilder();
    statuses.forEach((path, status) ->
        text.append("- ").append(path).append(": ").append(status.word()).append('\n'));
    SpecPaths paths = SpecPaths.of(state.intake());
    var gone = new TreeSet<String>();
    for (Task task : state.tasks()) {
      String path = paths.of(task);
      if (!specs.containsKey(path)) {
        gone.add(path);
      }
    }
    gone.forEach(path -> text.append("- ").append(path).append(": deleted\n"));
    return text.toString();
  }

  private static String report(Plan plan) {
    return """
    Answer each of these specs exactly once, with tasks, satisfied, deferred, or a question:
    %s

    Report one JSON object, at most 1 MiB, by writing it to the file named by the environment variable
    HYPERLOOP_RESULT_FILE:

        {"tasks": [{"key": "schema", "title": "...", "spec": "specs/persistence.md",
                    "description": "...", "deps": ["task-004", "other-key"], "replaces": ["task-001"]}],
         "satisfied": [{"spec": "...", "evidence": "..."}],
         "deferred": [{"spec": "...", "reason": "..."}],
         "questions": [{"spec": "...", "question": "..."}]}

    title: one line. deps: ids of existing tasks that have not failed, or keys of this answer. replaces:
    existing tasks whose dependents shall wait for this one instead. All lists may be left out.\
    """
        .formatted(
            String.join("\n", plan.asked().keySet().stream().sorted().map(p -> "- " + p).toList()));
  }

  private static String correction(Plan plan) {
    return plan.correction().isEmpty()
        ? ""
        : "It could not be used. Answer again, with all of this mended:\n\n"
            + Prompt.fenced("", "- " + String.join("\n- ", plan.correction()));
  }
}
