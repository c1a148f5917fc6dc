package io.hyperloop.cli;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.SpecView;
import io.hyperloop.domain.TaskView;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Table;
import io.hyperloop.terminal.Table.Cell;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.util.ArrayList;
import java.util.List;

/** All about one spec, in words. */
final class SpecText {

  private final Screen screen;
  private final Look look;
  private final SpecView view;
  private final List<String> lines = new ArrayList<>();
  private final Facts facts;

  SpecText(Screen screen, Look look, SpecView view) {
    this.screen = screen;
    this.look = look;
    this.view = view;
    this.facts = new Facts(screen, lines);
  }

  List<String> lines() {
    String path = view.spec().path();
    lines.add(screen.paint(Tone.STRONG, Text.line(path)));
    facts.add("status", Tones.of(view.status()), view.status().word());
    facts.add("why", Tone.PLAIN, view.why());
    view.remedies().forEach(remedy -> facts.add("next", Tone.PLAIN, remedy));
    facts.add("blob", Tone.PLAIN, view.spec().blob());
    Handled handled = look.state().intake().handled().get(path);
    if (handled != null) {
      facts.add("answered", Tone.PLAIN, handled.outcome().word() + " at " + handled.commit());
      handled.formerly().forEach(old -> facts.add("formerly", Tone.PLAIN, old));
    }
    look.state().intake().answersFor(path).forEach(text -> facts.add("you said", Tone.PLAIN, text));
    if (!view.tasks().isEmpty()) {
      lines.add("");
      Table table = Table.of("TASK", "TURN", "WHY...", "TITLE...");
      for (TaskView task : view.tasks()) {
        table.row(
            Cell.of(task.task().id().toString()),
            new Cell(task.turn().word(), Tones.of(task.turn())),
            Cell.of(Tones.brief(task.why())),
            Cell.of(Tones.brief(task.task().title())));
      }
      lines.addAll(table.lines(screen));
    }
    return List.copyOf(lines);
  }
}
