package io.hyperloop.adapter.git;

/** How a move of a branch went. */
public sealed interface Advance {
  /** The branch stands at the new commit, and so do the work trees on it. */
  record Advanced() implements Advance {}

  /** The branch was not where the caller believed; nothing happened. */
  record Moved() implements Advance {}

  /** A person's unfinished business is in the way; nothing happened. */
  record Held(String why) implements Advance {}
}
