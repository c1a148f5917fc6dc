package io.hyperloop.domain;

/** What an action step does. */
public sealed interface Action {

  /** Brings the task's branch to the base branch. */
  record Merge(Via via) implements Action {

    /** Merges at once. */
    public Merge() {
      this(Via.DIRECT);
    }
  }

  /** Who merges, and when. */
  enum Via {
    /** We do, once nothing stands against it. */
    DIRECT,
    /** The forge does, once its own conditions are met. */
    AUTO_MERGE,
    /** The forge's queue does, after it has tested the result. */
    QUEUE
  }
}
