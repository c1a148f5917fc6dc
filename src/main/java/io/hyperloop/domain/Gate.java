package io.hyperloop.domain;

/** What a gate is judged by. */
public sealed interface Gate {

  /** A person says {@code hyperloop approve}. */
  record Manual() implements Gate {}
}
