package io.hyperloop.bench;

import java.util.Arrays;
import java.util.Locale;

/** Prints figures as rows of a Markdown table. */
final class Figures {
  private Figures() {}

  static void row(String what, String goal, String measured) {
    System.out.printf(Locale.ROOT, "| %s | %s | %s |%n", what, goal, measured);
  }

  /** Minimum, median and maximum of nanoseconds, in milliseconds. */
  static String milliseconds(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "median %.1f ms (min %.1f, max %.1f, n %d)",
        median(sorted) / 1e6,
        sorted[0] / 1e6,
        sorted[sorted.length - 1] / 1e6,
        sorted.length);
  }

  static long median(long... nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
