package io.hyperloop.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/**
 * Text made fit for a screen. Titles, findings and file names come from agents: a control character
 * in them could move the cursor, change the window's title or hide what was printed before, so none
 * gets through. Widths are in columns.
 */
public final class Text {
  private Text() {}

  /** One line: line breaks and tabs become blanks, other control characters are spelled out. */
  public static String line(String hostile) {
    return escaped(hostile, false);
  }

  /** The same keeping line breaks; a tab becomes four blanks. */
  public static String block(String hostile) {
    return escaped(hostile, true);
  }

  private static String escaped(String hostile, boolean breaks) {
    if (plain(hostile)) {
      return hostile;
    }
    var safe = new StringBuilder(hostile.length() + 16);
    String text = hostile.replace("\r\n", "\n");
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\n') {
        safe.append(breaks ? '\n' : ' ');
      } else if (c == '\t') {
        safe.append(breaks ? "    " : " ");
      } else if (dangerous(c)) {
        safe.append(String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", c));
      } else {
        safe.appendCodePoint(c);
      }
    }
    return safe.toString();
  }

  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return false;
      }
    }
    return true;
  }

  /** Control characters, and those of Unicode that turn the order of text around or break lines. */
  private static boolean dangerous(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          true;
      case Character.FORMAT -> c != 0x200d;
      default -> false;
    };
  }

  /** How many columns a safe line takes. */
  public static int width(String line) {
    int width = 0;
    for (int i = 0; i < line.length(); ) {
      int c = line.codePointAt(i);
      i += Character.charCount(c);
      width += widthOf(c);
    }
    return width;
  }

  private static int widthOf(int c) {
    return c < 0x7f ? 1 : Math.max(0, WCWidth.wcwidth(c));
  }

  /** The line if it fits, else its beginning with {@code ~} for what was cut. */
  public static String fit(String line, int columns) {
    if (width(line) <= columns) {
      return line;
    }
    if (columns < 1) {
      return "";
    }
    return line.substring(0, cut(line, columns - 1)) + "~";
  }

  /** As {@link #fit}, filled up with blanks. */
  public static String pad(String line, int columns) {
    String fitted = fit(line, columns);
    return fitted + " ".repeat(Math.max(0, columns - width(fitted)));
  }

  /** The index up to which a line takes at most so many columns. */
  private static int cut(String line, int columns) {
    int width = 0;
    int i = 0;
    while (i < line.length()) {
      int c = line.codePointAt(i);
      int next = width + widthOf(c);
      if (next > columns) {
        return i;
      }
      width = next;
      i += Character.charCount(c);
    }
    return i;
  }

  /** Breaks safe text into lines of at most so many columns, at blanks where there are any. */
  public static List<String> wrap(String text, int columns) {
    int limit = Math.max(columns, 2);
    var lines = new ArrayList<String>();
    for (String paragraph : text.split("\n", -1)) {
      String rest = paragraph.stripTrailing();
      while (width(rest) > limit) {
        int end = cut(rest, limit);
        int blank = rest.lastIndexOf(' ', end);
        int at = blank > 0 && !rest.substring(0, blank).isBlank() ? blank : end;
        lines.add(rest.substring(0, at).stripTrailing());
        rest = rest.substring(at).stripLeading();
      }
      lines.add(rest);
    }
    return lines;
  }
}
