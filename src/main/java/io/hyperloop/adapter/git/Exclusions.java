package io.hyperloop.adapter.git;

import java.util.List;

/** Lines for {@code info/exclude} that name exactly these paths. */
final class Exclusions {
  private Exclusions() {}

  static String of(List<String> paths) {
    var lines = new StringBuilder();
    for (String path : paths) {
      lines.append('/');
      for (char c : path.toCharArray()) {
        switch (c) {
          case '*', '?', '[', '\\', ' ' -> lines.append('\\').append(c);
          // A pattern cannot hold a line break; one that stands for any character can.
          case '\n' -> lines.append('?');
          default -> lines.append(c);
        }
      }
      lines.append('\n');
    }
    return lines.toString();
  }
}
