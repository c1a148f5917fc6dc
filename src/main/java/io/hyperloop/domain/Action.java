package io.hyperloop.domain;

/** What an action step does. */
public sealed interface Action {

  /** Brings the task's branch to the base branch. */
  record Merge() implements Action {}
}
