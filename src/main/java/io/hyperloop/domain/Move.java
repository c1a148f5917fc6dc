package io.hyperloop.domain;

import org.jspecify.annotations.Nullable;

/** Something to be done in the world. Every move may be repeated safely. */
public sealed interface Move {

  JobKey key();

  /**
   * Start an agent on a task.
   *
   * @param role the agent's template
   * @param discardHead where the branch still stands at this already merged commit, it begins again
   *     at the base tip
   */
  record StartWorker(JobKey.TaskStep key, String role, @Nullable String discardHead)
      implements Move {}

  /** End a worker that has no business any more. */
  record EndWorker(JobKey key, String why) implements Move {}

  /** Ask the PM. */
  record AskPm(JobKey.Planning key) implements Move {}

  /**
   * Merge a task's branch into the base branch.
   *
   * @param update whether the branch may be given the base's newest commits, if it must have them
   */
  record Merge(JobKey.TaskStep key, Action.Via via, boolean update) implements Move {}

  /** Have the task's branch and pull request be as wished. */
  record Publish(JobKey.TaskStep key, Wish wish) implements Move {}

  /** Close the pull request of a task that has failed, saying why. */
  record Withdraw(JobKey.TaskStep key, String why) implements Move {}

  /** Tidy up after a task whose work is on the base branch: its branch may go. */
  record CleanUp(JobKey.TaskStep key) implements Move {}

  /** Forget a job whose result is consumed: its work tree and result may go. */
  record Release(JobKey key) implements Move {}
}
