package io.hyperloop.testing.github;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was asked of the double, and what GitHub would not have understood. */
public final class RequestLog {
  private final List<String> kinds = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int notModified;

  RequestLog() {}

  synchronized void add(String kind) {
    kinds.add(kind);
  }

  synchronized void fault(String what) {
    faults.add(what);
  }

  synchronized void unchanged() {
    notModified++;
  }

  /** All requests so far. */
  public synchronized int count() {
    return kinds.size();
  }

  /** Those whose kind ends so, such as {@code POST /graphql}. */
  public synchronized int count(String kind) {
    return (int) kinds.stream().filter(one -> one.endsWith(kind)).count();
  }

  /** Those that change something: neither looked at nor queried. */
  public synchronized int writes() {
    return (int)
        kinds.stream().filter(k -> !k.startsWith("GET ") && !k.equals("POST /graphql")).count();
  }

  /** Answers that were no more than "as you know it", which cost nothing. */
  public synchronized int notModified() {
    return notModified;
  }

  public synchronized Map<String, Integer> byKind() {
    var counts = new TreeMap<String, Integer>();
    kinds.forEach(kind -> counts.merge(kind, 1, Integer::sum));
    return counts;
  }

  public synchronized void forget() {
    kinds.clear();
    notModified = 0;
  }

  /** What GitHub would not have understood. */
  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** Takes them, for a test that makes one on purpose. */
  public synchronized List<String> takeFaults() {
    List<String> taken = List.copyOf(faults);
    faults.clear();
    return taken;
  }
}
