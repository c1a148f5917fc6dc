package io.hyperloop.port;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import org.jspecify.annotations.Nullable;

/**
 * All that a run of an agent needs.
 *
 * @param role the agent's template
 * @param prompt composed in full
 * @param writes whether its work is taken over
 * @param baseTip the base branch's tip: where a detached checkout stands, and a new branch begins
 * @param work the task's part; null for the PM
 */
public record WorkOrder(
    JobKey key, String role, String prompt, boolean writes, String baseTip, @Nullable Work work) {

  /**
   * The part of an order that is about a task.
   *
   * @param branch the task's branch, made from {@code baseTip} if missing
   * @param discardHead where the branch still stands here, it begins again at {@code baseTip}
   */
  public record Work(
      TaskId task,
      String title,
      int round,
      SpecRef specRef,
      String branch,
      @Nullable String discardHead) {}
}
