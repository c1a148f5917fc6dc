package io.hyperloop.domain;

/** What an agent said of its work on a task. */
public record Report(Verdict verdict, String detail, boolean noChange) {

  /** An agent's word; whether it stands is decided elsewhere. */
  public enum Verdict {
    PASS,
    FAIL,
    QUESTION
  }
}
