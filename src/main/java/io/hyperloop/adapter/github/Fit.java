package io.hyperloop.adapter.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Texts of whatever length and content, cut to what GitHub takes. */
final class Fit {
  static final int TITLE_MAX = 256;
  static final int BODY_MAX = 65_536;
  static final int LABEL_MAX = 50;

  private static final String CUT = "\n\n*(cut here: GitHub takes no more than 65,536 characters)*";

  private Fit() {}

  /** One line, never empty. */
  static String title(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.isEmpty() ? "(untitled)" : cut(line, TITLE_MAX, "…");
  }

  /** Markdown, without what would end the request early. */
  static String body(String text) {
    return cut(text.replace("\0", "").replace("\r\n", "\n"), BODY_MAX, CUT);
  }

  /** A name that GitHub takes; commas part labels in its searches. */
  static String label(String text) {
    String name = text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s,]+", " ").strip();
    return cut(name, LABEL_MAX, "…");
  }

  /** One segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** GitHub counts characters, of which a UTF-16 unit may be half a one. */
  private static String cut(String text, int max, String note) {
    int length = text.codePointCount(0, text.length());
    if (length <= max) {
      return text;
    }
    int keep = max - note.codePointCount(0, note.length());
    return text.substring(0, text.offsetByCodePoints(0, keep)) + note;
  }
}
