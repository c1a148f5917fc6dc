package io.hyperloop.sim;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** What happened, line by line: the last lines as text, all of them as a hash and as counts. */
final class Trace {
  private static final int LINES_MAX = Integer.getInteger("sim.trace", 40);

  private final Deque<String> last = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private long hash = 0xcbf29ce484222325L;
  private long lines;

  void add(Instant at, String line) {
    lines++;
    String full = lines + " " + at + " " + line;
    for (int i = 0; i < full.length(); i++) {
      hash = (hash ^ full.charAt(i)) * 0x100000001b3L;
    }
    last.add(full);
    if (last.size() > LINES_MAX) {
      last.poll();
    }
  }

  /** Counts that something was reached, so that a test can tell that everything was. */
  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> counts() {
    return counts;
  }

  String tail() {
    return String.join("\n", last);
  }

  /** Equal for equal traces, byte by byte (FNV-1a over all lines). */
  long hash() {
    return hash;
  }

  long lines() {
    return lines;
  }
}
