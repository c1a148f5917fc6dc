package io.hyperloop.loop;

import java.util.LinkedHashSet;

/** Which warnings were told lately: each is told once, and again when many others came between. */
final class Warnings {
  /** An orchestrator watches for months; what it was warned of in spring may be said again. */
  private static final int REMEMBERED_MAX = 500;

  private final LinkedHashSet<String> told = new LinkedHashSet<>();

  /** Whether that is worth telling. */
  boolean worthTelling(String text) {
    boolean known = told.remove(text);
    told.addLast(text);
    if (told.size() > REMEMBERED_MAX) {
      String forgotten = told.removeFirst();
      assert !forgotten.equals(text);
    }
    return !known;
  }

  int size() {
    return told.size();
  }
}
