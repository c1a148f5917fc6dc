package io.hyperloop.sim;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened, line by line: the last lines as text, all of them as a hash and as counts. */
final class Trace {
  private static final int LINES_MAX = Integer.getInteger("sim.trace", 40);

  private record Line(long number, Instant at, String text) {}

  private final Deque<Line> last = new ArrayDeque<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private long hash = 0xcbf29ce484222325L;
  private long lines;

  void add(Instant at, String line) {
    lines++;
    mix(at.toEpochMilli());
    for (int i = 0; i < line.length(); i++) {
      mix(line.charAt(i));
    }
    last.add(new Line(lines, at, line));
    if (last.size() > LINES_MAX) {
      last.poll();
    }
  }

  private void mix(long value) {
    hash = (hash ^ value) * 0x100000001b3L;
  }

  /** Counts that something was reached, so that a test can tell that everything was. */
  void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  Map<String, Integer> counts() {
    return counts;
  }

  String tail() {
    return last.stream()
        .map(line -> line.number() + " " + line.at() + " " + line.text())
        .collect(Collectors.joining("\n"));
  }

  /** The same violation, with what led to it and how to see it again. */
  Violation report(Violation violation, long seed, KnownBug bug) {
    var told =
        new Violation(
            violation.invariant(),
            violation.getMessage()
                + "\nseed "
                + seed
                + (bug == KnownBug.NONE ? "" : " with known bug " + bug)
                + "; replay with: mvn -q test -Dtest=SimulationTest -Dsim.seed="
                + seed
                + "\nwhat led to it:\n"
                + tail());
    told.initCause(violation);
    return told;
  }

  /** Equal for equal traces, byte by byte (FNV-1a over times and texts). */
  long hash() {
    return hash;
  }

  long lines() {
    return lines;
  }
}
