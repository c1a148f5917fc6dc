package io.hyperloop.domain;

import java.util.List;

/** How a question to the PM ended, as observed. */
public sealed interface PmEnd {

  record Answered(PmReport report) implements PmEnd {}

  /** An answer that is not of the contract's shape; each problem in one line. */
  record Garbled(List<String> problems) implements PmEnd {
    public Garbled {
      problems = List.copyOf(problems);
    }
  }

  /** No answer. */
  record Silent(Breakage kind, String detail) implements PmEnd {}
}
