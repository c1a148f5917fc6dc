package io.hyperloop.cli;

import io.hyperloop.domain.Overview;
import io.hyperloop.domain.SpecStatus;
import io.hyperloop.domain.SpecView;
import io.hyperloop.domain.TaskView;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Table;
import io.hyperloop.terminal.Table.Cell;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** {@code status} in words: what fits on one screen, the most urgent first. */
final class StatusText {
  /** Rows per section. */
  private static final int ROWS_MAX = 10;

  private static final int NEXT_MAX = 6;

  private final Screen screen;

  StatusText(Screen screen) {
    this.screen = screen;
  }

  List<String> lines(Workspace workspace, Look look) {
    var lines = new ArrayList<String>();
    Path folder = workspace.top().getFileName();
    String name = folder == null ? workspace.top().toString() : folder.toString();
    lines.add(
        screen.paint(
            Tone.STRONG,
            cut(name + "  " + workspace.base() + " " + workspace.tip().substring(0, 7))));
    lines.add(screen.paint(tone(look), cut(look.overview().headline())));
    look.orchestrator()
        .ifPresent(who -> lines.add(screen.paint(Tone.FAINT, cut("running: " + who))));
    look.notices()
        .forEach(notice -> lines.addAll(Text.wrap("note: " + Text.line(notice), columns())));
    specs(look.overview(), lines);
    tasks(look.overview(), lines);
    next(look.overview(), lines);
    return lines;
  }

  private String cut(String text) {
    return Text.fit(Text.line(text), columns());
  }

  private int columns() {
    return screen.columns();
  }

  private static Tone tone(Look look) {
    boolean needed =
        look.overview().turns().containsKey(TaskView.Turn.NEEDS_YOU)
            || look.overview().statuses().containsKey(SpecStatus.NEEDS_HUMAN);
    return look.overview().converged() ? Tone.GOOD : needed ? Tone.ATTENTION : Tone.ACTIVE;
  }

  private void specs(Overview overview, List<String> lines) {
    if (overview.specs().isEmpty()) {
      return;
    }
    String counts =
        overview.statuses().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().word())
            .collect(Collectors.joining(", "));
    lines.add("");
    lines.add(screen.paint(Tone.STRONG, cut("Specs: " + counts)));
    Table table = Table.of("STATUS", "SPEC...", "WHY...");
    overview.specs().stream()
        .sorted(Comparator.comparingInt(StatusText::urgency))
        .limit(ROWS_MAX)
        .forEach(spec ->
            table.row(
                new Cell(spec.status().word(), Tones.of(spec.status())),
                Cell.of(spec.spec().path()),
                Cell.of(Tones.brief(spec.why()))));
    lines.addAll(table.lines(screen));
    more(overview.specs().size(), "hyperloop get specs", lines);
  }

  private static int urgency(SpecView spec) {
    return switch (spec.status()) {
      case NEEDS_HUMAN -> 0;
      case OUT_OF_SYNC -> 1;
      case RECONCILING -> 2;
      case IN_SYNC -> 3;
    };
  }

  private void tasks(Overview overview, List<String> lines) {
    if (overview.tasks().isEmpty()) {
      return;
    }
    String counts =
        overview.turns().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().word())
            .collect(Collectors.joining(", "));
    lines.add("");
    lines.add(screen.paint(Tone.STRONG, cut("Tasks: " + counts)));
    List<TaskView> active =
        overview.tasks().stream()
            .filter(task -> urgency(task) < 5)
            .sorted(Comparator.comparingInt(StatusText::urgency))
            .toList();
    if (active.isEmpty()) {
      return;
    }
    Table table = Table.of("TASK", "TURN", "WHY...", "TITLE...");
    active.stream()
        .limit(ROWS_MAX)
        .forEach(task ->
            table.row(
                Cell.of(task.task().id().toString()),
                new Cell(task.turn().word(), Tones.of(task.turn())),
                Cell.of(Tones.brief(task.why())),
                Cell.of(Tones.brief(task.task().title()))));
    lines.addAll(table.lines(screen));
    more(active.size(), "hyperloop get tasks", lines);
  }

  private static int urgency(TaskView task) {
    return switch (task.turn()) {
      case NEEDS_YOU -> 0;
      case WORKING -> 1;
      case FAILED, BLOCKED -> 2;
      case QUEUED -> 3;
      case WAITING -> 4;
      case DONE, ENDED -> 5;
    };
  }

  private void more(int all, String command, List<String> lines) {
    if (all > ROWS_MAX) {
      lines.add(screen.paint(Tone.FAINT, cut("and " + (all - ROWS_MAX) + " more: " + command)));
    }
  }

  /** Commands are wrapped rather than cut: they are there to be typed. */
  private void next(Overview overview, List<String> lines) {
    List<String> next = overview.specs().isEmpty() ? begin() : overview.next();
    if (next.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(screen.paint(Tone.STRONG, "Next:"));
    next.stream().limit(NEXT_MAX).forEach(command -> lines.add("  " + Text.line(command)));
  }

  private static List<String> begin() {
    return List.of("write specs/NAME.md, commit it, then: hyperloop run");
  }
}
