package io.hyperloop.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The answer that was given for a spec, and for which text of it.
 *
 * @param blob the text that was answered
 * @param commit the last commit that changed it
 * @param note evidence, reason or question; empty for tasks
 * @param formerly earlier paths of the same text, oldest first
 */
public record Handled(
    String blob, String commit, Outcome outcome, String note, List<String> formerly) {

  public Handled {
    formerly = List.copyOf(formerly);
  }

  public Handled(String blob, String commit, Outcome outcome, String note) {
    this(blob, commit, outcome, note, List.of());
  }

  /** What was answered. */
  public enum Outcome {
    TASKS,
    SATISFIED,
    ACCEPTED,
    DEFERRED,
    QUESTION,
    UNANSWERED,
    REPLANS_SPENT;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Outcome> of(String word) {
      return Arrays.stream(values()).filter(o -> o.word().equals(word)).findFirst();
    }

    /** Whether only a person can take it further. */
    public boolean needsHuman() {
      return switch (this) {
        case TASKS, SATISFIED, ACCEPTED -> false;
        case DEFERRED, QUESTION, UNANSWERED, REPLANS_SPENT -> true;
      };
    }
  }
}
