package io.hyperloop.config;

import java.util.Collection;
import java.util.Locale;

/** What somebody probably meant to type. */
public final class Nearest {
  private Nearest() {}

  /**
   * A question to append to a message, or the choices where none is near.
   *
   * @return {@code did you mean "max_workers"?}, {@code use one of: squash, merge}, or nothing if
   *     there is no choice at all
   */
  public static String remedy(String typed, Collection<String> known) {
    if (known.isEmpty()) {
      return "";
    }
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(plain(typed), plain(candidate));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    boolean near = bestDistance <= Math.max(1, Math.min(typed.length(), best.length()) / 3);
    return near
        ? "did you mean \"" + best + "\"?"
        : "use one of: " + String.join(", ", known.stream().sorted().toList());
  }

  private static String plain(String text) {
    String cut = text.length() > 80 ? text.substring(0, 80) : text;
    return cut.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Edits of one letter, swaps of neighbours included (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
