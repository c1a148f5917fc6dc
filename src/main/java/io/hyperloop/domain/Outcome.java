package io.hyperloop.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a step ended: one family for agents, gates and actions. */
public sealed interface Outcome {

  /** On to the next step. */
  record Passed(String detail) implements Outcome {}

  /** A finding: the round failed. */
  record Rejected(String role, String finding) implements Outcome {}

  /** Terminal: the task fails and the gap returns to intake. */
  record Refused(String why) implements Outcome {}

  /** Not yet; asked again later. */
  record Waiting(String why) implements Outcome {}

  /** The task waits for a person's answer; no round is lost. */
  record Asked(String question) implements Outcome {}

  /**
   * No verdict.
   *
   * @param until when it is worth trying again; null if nobody said
   */
  record Broken(Breakage kind, String detail, @Nullable Instant until) implements Outcome {
    public Broken(Breakage kind, String detail) {
      this(kind, detail, null);
    }
  }
}
