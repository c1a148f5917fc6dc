package io.hyperloop.adapter.probe;

import io.hyperloop.domain.TaskView;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Draws a {@link Board} as lines that fit. Pure. */
final class Frame {
  /** Narrower screens get no titles. */
  private static final int TITLES_FROM = 60;

  private final Screen screen;
  private final int columns;
  private final int rows;

  /** Lines never fill the last column, where terminals disagree on when to wrap. */
  Frame(Screen screen, int columns, int rows) {
    this.screen = screen;
    this.columns = Math.max(columns - 1, 8);
    this.rows = Math.max(rows, 2);
  }

  /** At most {@code rows} lines: the active tasks, the most urgent first, and a summary. */
  List<String> lines(Board board, Instant now) {
    var active = new ArrayList<>(board.planning());
    board.tasks().stream()
        .filter(row -> order(row) < 4)
        .sorted(Comparator.comparingInt(Frame::order))
        .forEach(active::add);
    int room = rows - 1;
    int hidden = Math.max(0, active.size() - room);
    int shown = hidden == 0 ? active.size() : Math.max(0, room - 1);
    var lines = new ArrayList<String>();
    active.stream().limit(shown).forEach(row -> lines.add(line(row, now)));
    if (hidden > 0 && room > 0) {
      lines.add(
          screen.paint(
              Tone.FAINT, Text.fit("... and " + (active.size() - shown) + " more", columns)));
    }
    lines.add(summary(board));
    return lines;
  }

  private static int order(Board.Row row) {
    return switch (row.turn()) {
      case NEEDS_YOU -> 0;
      case WORKING -> 1;
      case WAITING -> 2;
      case BLOCKED -> 3;
      case QUEUED, FAILED, ENDED, DONE -> 4;
    };
  }

  private String line(Board.Row row, Instant now) {
    Instant started = row.started();
    String age = started == null ? row.turn().word() : TaskView.age(Duration.between(started, now));
    String step = row.phase().isEmpty() ? "" : row.phase() + " r" + row.round();
    String head = Text.pad(row.subject(), 8) + " " + Text.pad(age, 9) + " ";
    String body = Text.pad(Text.line(step), 16) + " ";
    int left = columns - Text.width(head) - Text.width(body);
    String tail = row.last();
    if (columns >= TITLES_FROM && !row.title().isEmpty() && !row.title().equals(tail)) {
      String title = Text.fit(Text.line(row.title()), left / 2);
      tail = title + "  " + tail;
    }
    return screen.paint(tone(row.turn()), Text.fit(head, columns))
        + Text.fit(body + tail, Math.max(0, columns - Text.width(head))).stripTrailing();
  }

  private static Tone tone(TaskView.Turn turn) {
    return switch (turn) {
      case WORKING -> Tone.ACTIVE;
      case NEEDS_YOU -> Tone.ATTENTION;
      case BLOCKED, FAILED -> Tone.BAD;
      case WAITING, QUEUED, ENDED -> Tone.PLAIN;
      case DONE -> Tone.GOOD;
    };
  }

  private String summary(Board board) {
    String counts =
        board.counts().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey().word())
            .collect(Collectors.joining(", "));
    String text = counts.isEmpty() ? "no tasks yet" : "tasks: " + counts;
    return screen.paint(Tone.STRONG, Text.fit(text, columns));
  }
}
