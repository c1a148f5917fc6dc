package io.hyperloop.domain;

import java.util.List;

/** How an attempt to merge a task's branch ended, as observed. */
public sealed interface MergeEnd {

  /** The head is on the base branch, by us now or by somebody before. */
  record Merged(String commit, String head) implements MergeEnd {}

  /**
   * The branch and the base contradict each other.
   *
   * @param onto the base commit to build on
   */
  record Conflict(List<String> files, String onto) implements MergeEnd {
    public Conflict {
      files = List.copyOf(files);
    }
  }

  /**
   * The branch got the base's newest commits first, which changed nothing of its own; it is to be
   * merged once that may be.
   *
   * @param head the branch's new tip
   */
  record Updated(String head) implements MergeEnd {}

  /** The base branch moved meanwhile: try again. */
  record Moved() implements MergeEnd {}

  /** Something outside must change first, such as a person's uncommitted file. */
  record NotYet(String why) implements MergeEnd {}

  /** It will not be merged. */
  record Refused(String why) implements MergeEnd {}

  /** It broke. */
  record Failed(String detail) implements MergeEnd {}
}
