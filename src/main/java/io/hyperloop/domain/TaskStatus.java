package io.hyperloop.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a task stands as a whole; its phase says which step. */
public enum TaskStatus {
  NOT_STARTED,
  IN_PROGRESS,
  COMPLETE,
  FAILED;

  /** The word in files and output: {@code in-progress}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The status of that word, or nothing: an unknown word is the caller's error to report. */
  public static Optional<TaskStatus> of(String word) {
    return Arrays.stream(values()).filter(s -> s.word().equals(word)).findFirst();
  }

  public boolean terminal() {
    return this == COMPLETE || this == FAILED;
  }
}
