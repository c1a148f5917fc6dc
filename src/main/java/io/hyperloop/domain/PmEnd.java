package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a question to the PM ended, as observed. */
public sealed interface PmEnd {

  record Answered(PmReport report) implements PmEnd {}

  /** An answer that is not of the contract's shape; each problem in one line. */
  record Garbled(List<String> problems) implements PmEnd {
    public Garbled {
      problems = List.copyOf(problems);
    }
  }

  /**
   * No answer.
   *
   * @param until when it is worth trying again, as the provider says; null if it does not
   */
  record Silent(Breakage kind, String detail, @Nullable Instant until) implements PmEnd {
    public Silent(Breakage kind, String detail) {
      this(kind, detail, null);
    }
  }
}
