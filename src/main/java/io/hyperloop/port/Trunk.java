package io.hyperloop.port;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The base branch as the place where finished work goes. */
public interface Trunk {

  /**
   * Merges a branch's head, at most once per head; looks for a merge that already happened first.
   */
  MergeEnd merge(MergeOrder order);

  /**
   * What is to be merged.
   *
   * @param head the commit that was verified; a branch that moved away from it is not merged
   * @param pr the address of its pull request, if it has one
   * @param via who merges, where somebody else can
   * @param update whether the branch may be given the base's newest commits first
   * @param summary body of the commit, from an agent and so not to be trusted
   */
  record MergeOrder(
      TaskId task,
      String title,
      SpecRef specRef,
      String branch,
      String head,
      @Nullable String pr,
      Action.Via via,
      boolean update,
      String summary) {}

  /** Whether a head is proven to be on the base branch, other than by its text alone. */
  boolean contains(TaskId task, String head);

  /** Deletes the branches of tasks whose heads are proven to be on the base branch. */
  void cleanUp(List<MergeOrder> merged);
}
