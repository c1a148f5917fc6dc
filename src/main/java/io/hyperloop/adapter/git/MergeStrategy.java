package io.hyperloop.adapter.git;

/** What a merge leaves in the base branch's history. */
public enum MergeStrategy {
  /** One commit with all of a task's work. */
  SQUASH,
  /** The task's own commits, and one that joins them. */
  MERGE,
  /** The task's own commits, one after the other on the base branch. */
  REBASE
}
