package io.hyperloop.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings. What does not fit the screen is taken first from the elastic columns, then
 * whole columns go, the last first.
 */
public final class Table {
  private static final String GAP = "  ";
  private static final int ELASTIC_MIN = 10;

  private final List<Heading> headings;
  private final List<List<Cell>> rows = new ArrayList<>();

  private Table(List<Heading> headings) {
    this.headings = headings;
  }

  /** A column: its heading, and whether it may be cut. */
  public record Heading(String text, boolean elastic) {}

  /** A field. */
  public record Cell(String text, Tone tone) {
    public Cell {
      text = Text.line(text);
    }

    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }
  }

  /** A table with those columns; a heading ending in {@code ...} may be cut. */
  public static Table of(String... headings) {
    return new Table(
        Arrays.stream(headings)
            .map(h ->
                h.endsWith("...")
                    ? new Heading(h.substring(0, h.length() - 3), true)
                    : new Heading(h, false))
            .toList());
  }

  /** Adds a row of as many cells as there are headings. */
  public void row(Cell... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(cells.length + " cells under " + headings.size());
    }
    rows.add(List.of(cells));
  }

  public boolean empty() {
    return rows.isEmpty();
  }

  /** The lines to print, headings first. */
  public List<String> lines(Screen screen) {
    int[] widths = widths(screen.columns());
    var lines = new ArrayList<String>();
    lines.add(
        line(headings.stream().map(h -> new Cell(h.text(), Tone.FAINT)).toList(), widths, screen));
    rows.forEach(row -> lines.add(line(row, widths, screen)));
    return lines;
  }

  private static String line(List<Cell> cells, int[] widths, Screen screen) {
    var line = new StringBuilder();
    int pending = 0;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      String fitted = Text.fit(cells.get(i).text(), widths[i]);
      if (!fitted.isEmpty()) {
        line.append(" ".repeat(pending)).append(screen.paint(cells.get(i).tone(), fitted));
        pending = 0;
      }
      pending += widths[i] - Text.width(fitted) + GAP.length();
    }
    return line.toString();
  }

  /** How wide each column is; 0 for one that is left out. */
  private int[] widths(int columns) {
    int[] natural = natural();
    for (int shown = natural.length; shown > 0; shown--) {
      int[] widths = Arrays.copyOf(Arrays.copyOf(natural, shown), natural.length);
      for (int excess = total(widths) - columns; excess > 0; excess--) {
        int widest = widestElastic(widths);
        if (widest < 0) {
          break;
        }
        widths[widest]--;
      }
      if (total(widths) <= columns) {
        return widths;
      }
    }
    int[] first = new int[natural.length];
    first[0] = columns;
    return first;
  }

  private int[] natural() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Text.width(headings.get(i).text());
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i).text()));
      }
    }
    return widths;
  }

  private int widestElastic(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (headings.get(i).elastic()
          && widths[i] > ELASTIC_MIN
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private static int total(int[] widths) {
    int total = 0;
    int shown = 0;
    for (int width : widths) {
      total += width;
      shown += width > 0 ? 1 : 0;
    }
    return total + GAP.length() * Math.max(0, shown - 1);
  }
}
