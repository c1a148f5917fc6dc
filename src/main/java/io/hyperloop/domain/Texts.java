package io.hyperloop.domain;

/** Texts of unknown length and content, made fit for where they go. */
final class Texts {
  private Texts() {}

  /** At most so many characters, and a word about what was cut. */
  static String bounded(String text, int max) {
    return text.length() <= max
        ? text
        : text.substring(0, whole(text, max)) + "\n(cut at " + max + " characters)";
  }

  /** In one line of at most so many characters, without control characters. */
  static String oneLine(String text, int max) {
    if (text.length() <= max && text.chars().allMatch(Texts::plain)) {
      return text.strip();
    }
    String line = text.length() <= 4L * max ? text : text.substring(0, whole(text, 4 * max));
    line = line.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ").strip();
    return line.length() <= max ? line : line.substring(0, whole(line, max - 3)) + "...";
  }

  /** A commit for people: seven digits. */
  static String shortSha(String commit) {
    return commit.substring(0, Math.min(7, commit.length()));
  }

  private static boolean plain(int c) {
    return c >= ' ' && c < 127;
  }

  /** The length nearest below that parts no surrogate pair. */
  private static int whole(String text, int length) {
    return Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
  }
}
