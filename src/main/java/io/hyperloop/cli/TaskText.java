package io.hyperloop.cli;

import io.hyperloop.domain.DependencyGraph;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskView;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All about one task, in words. */
final class TaskText {
  private static final int LOGS_MAX = 5;

  private final Screen screen;
  private final State state;
  private final TaskView view;
  private final TaskLogs logs;
  private final List<String> lines = new ArrayList<>();
  private final Facts facts;

  TaskText(Screen screen, Look look, TaskView view, TaskLogs logs) {
    this.screen = screen;
    this.state = look.state();
    this.view = view;
    this.facts = new Facts(screen, lines);
    this.logs = logs;
  }

  List<String> lines() {
    Task task = view.task();
    lines.addAll(
        Text.wrap(task.id() + "  " + Text.line(task.title()), screen.columns()).stream()
            .map(line -> screen.paint(Tone.STRONG, line))
            .toList());
    facts(task);
    block("Description", task.description());
    for (Review review : state.reviews().of(task.id()).reversed()) {
      block(
          "Round " + review.round() + ", " + review.role() + ": " + review.verdict(),
          review.body());
    }
    return List.copyOf(lines);
  }

  private void facts(Task task) {
    facts.add("turn", Tones.of(view.turn()), view.turn().word());
    fact("why", view.why());
    fact("next", view.remedy());
    fact("status", task.status().word());
    fact("phase", task.phase() == null ? "" : task.phase());
    fact("round", String.valueOf(task.round()));
    fact("attempts", task.attempts() == 0 ? "" : task.attempts() + " in a row without a verdict");
    fact("since", task.since() == null ? "" : String.valueOf(task.since()));
    fact("spec", task.specRef().abbreviated());
    fact("branch", task.branch());
    fact("head", task.head() == null ? "" : task.head());
    fact("merged", task.merged() == null ? "" : task.merged());
    fact("pr", task.pr() == null ? "" : task.pr());
    fact("waits for", task.deps().stream().map(this::named).collect(Collectors.joining(", ")));
    List<TaskId> chain = DependencyGraph.blocked(state.tasks()).getOrDefault(task.id(), List.of());
    fact("blocked by", chain.stream().map(this::named).collect(Collectors.joining(" <- ")));
    fact(
        "needed by",
        state.tasks().list().stream()
            .filter(other -> other.deps().contains(task.id()))
            .map(other -> named(other.id()))
            .collect(Collectors.joining(", ")));
    logs.logs().stream().limit(LOGS_MAX).forEach(log -> fact("log", log.toString()));
    if (logs.logs().size() > LOGS_MAX) {
      fact("logs", logs.logs().size() + " in " + logs.folder());
    }
  }

  private String named(TaskId id) {
    return id
        + state
            .tasks()
            .find(id)
            .map(task -> " (" + task.status().word() + ")")
            .orElse(" (does not exist)");
  }

  private void fact(String label, String text) {
    facts.add(label, Tone.PLAIN, text);
  }

  private void block(String heading, String text) {
    if (text.isBlank()) {
      return;
    }
    lines.add("");
    lines.add(screen.paint(Tone.STRONG, Text.fit(Text.line(heading), screen.columns())));
    Text.wrap(Text.block(text.strip()), screen.columns() - 2)
        .forEach(line -> lines.add(("  " + line).stripTrailing()));
  }
}
