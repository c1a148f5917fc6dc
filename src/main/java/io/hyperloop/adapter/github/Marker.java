package io.hyperloop.adapter.github;

import java.util.Objects;

/**
 * How our own comments are known again: by a line that people do not see. Not by login, since the
 * token is often the user's own.
 */
final class Marker {
  private static final String BEGIN = "<!-- hyperloop:";

  private Marker() {}

  /** A comment with its key at its head. Text from elsewhere cannot pass for another comment. */
  static String on(String key, String body) {
    return line(key) + "\n" + body.replace(BEGIN, "<!-- hyperloop ");
  }

  /** Whether it is one of ours. */
  static boolean ours(String body) {
    return body.startsWith(BEGIN);
  }

  /** Whether it is the one of that key. */
  static boolean is(String key, String body) {
    return body.lines().findFirst().map(String::strip).orElse("").equals(line(key));
  }

  private static String line(String key) {
    if (!key.matches("[A-Za-z0-9._/@#-]{1,200}")) {
      throw new IllegalArgumentException("no key for a comment: " + Objects.toString(key));
    }
    return BEGIN + key + " -->";
  }
}
