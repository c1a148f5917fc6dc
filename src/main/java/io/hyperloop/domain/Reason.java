package io.hyperloop.domain;

/**
 * Why a task stands as it does, {@code kind: text}. The kind decides what may follow; the text is
 * for people.
 */
public record Reason(Kind kind, String text) {

  /** What a reason means for the task. */
  public enum Kind {
    /** An agent asked; the task waits for {@code hyperloop answer}. */
    QUESTION("question"),
    /** Parked: a person must act; never triggers intake. */
    NEEDS_HUMAN("needs-human"),
    /** At a gate or an action that cannot go on yet. */
    WAITING("waiting"),
    /** The spec was deleted. */
    SPEC_REMOVED("spec removed"),
    /** A person cancelled the task. */
    CANCELLED("cancelled"),
    /** A budget ran out. */
    BUDGET("budget"),
    /** Failed for good: its gap goes back to intake. */
    FAILED("failed"),
    /** Other tasks do its work: it counts no more. */
    SUPERSEDED("superseded"),
    /** The last attempt broke; another follows. */
    RETRYING("retrying");

    private final String word;

    /** Whether a task that failed for this waits for a person, as long as nothing replaces it. */
    boolean waitsForPerson() {
      return this == NEEDS_HUMAN || this == CANCELLED || this == BUDGET;
    }

    /** Whether a task that failed for this can be had go on. */
    public boolean parks() {
      return this == NEEDS_HUMAN || this == BUDGET;
    }

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /** Reads {@code kind: text}; a text without a known kind is a {@link Kind#FAILED}. */
  public static Reason parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.equals(kind.word)) {
        return new Reason(kind, "");
      }
      if (text.startsWith(kind.word + ": ")) {
        return new Reason(kind, text.substring(kind.word.length() + 2));
      }
    }
    return new Reason(Kind.FAILED, text);
  }

  /** Whether a failure for this reason is handed to the PM. */
  public boolean triggersIntake() {
    return kind == Kind.FAILED;
  }

  @Override
  public String toString() {
    return text.isEmpty() ? kind.word : kind.word + ": " + text;
  }
}
