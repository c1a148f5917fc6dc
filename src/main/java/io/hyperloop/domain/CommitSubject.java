package io.hyperloop.domain;

import java.util.List;

/** The subject of a commit that records a cycle. */
public final class CommitSubject {
  private CommitSubject() {}

  /** One line of at most 72 characters. */
  public static String of(List<Event> events) {
    return "hyperloop: " + events.size() + " events";
  }
}
