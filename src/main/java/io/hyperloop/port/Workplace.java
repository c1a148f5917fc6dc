package io.hyperloop.port;

import io.hyperloop.domain.Delivery;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Where the local runtime's agents work: one directory per run, and what becomes of it. */
public interface Workplace {

  /**
   * Makes the directory of a run ready, from scratch: whatever an earlier run of the same key left
   * there is gone afterwards.
   *
   * @return an existing directory, detached at the branch's tip (writing) or at the commit to judge
   * @throws PortFailure with scope TASK if it cannot be made ready
   */
  Path prepare(WorkOrder order);

  /**
   * Takes what a run of a writing agent left: commits what it left uncommitted, judges its HEAD and
   * moves the task's branch. Safe to repeat.
   *
   * @param detail the agent's word for what it did, for the message of a commit made for it;
   *     hostile
   */
  Delivery takeOver(WorkOrder order, String detail);

  /** Removes the directory of a run. Twice equals once. */
  void remove(WorkOrder order);

  /**
   * Removes what is left of runs that nobody knows any more. Called once, at the start.
   *
   * @param known names of runs to leave alone, as {@code JobKey.name()} gives them
   * @return one line for each thing removed
   */
  List<String> sweep(Set<String> known);
}
