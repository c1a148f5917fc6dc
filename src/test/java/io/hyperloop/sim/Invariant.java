package io.hyperloop.sim;

/** What must hold at every moment of a simulation, whatever fails. */
enum Invariant {
  /** At most one agent works on a task, and at most one PM. */
  ONE_WORKER_PER_TASK,
  /** At most {@code max_workers} agents work on tasks. */
  MAX_WORKERS,
  /**
   * An agent works on a task only when all its deps are complete, and what they merged is there.
   */
  DEPS_FIRST,
  /** A job acts only on a step that the durable state has entered. */
  ENTERED_BEFORE_ACTED,
  /** A job whose end counted is never done a second time. */
  COUNTED_ONCE,
  /** A head is brought to the base branch once. */
  MERGED_ONCE,
  /** A complete task that says it is merged has its work on the base branch. */
  COMPLETE_IS_ON_BASE,
  /** A step is passed by a pass, a gate by an approval of that head, a merge by a merge. */
  NO_PASS_WITHOUT_VERDICT,
  /** Rounds, attempts, replans and tasks per intake stay within their limits. */
  WITHIN_LIMITS,
  /** Every finding and question that counts is in a review. */
  FINDINGS_KEPT,
  /** Each save is made on top of the one before. */
  LINEAR_HISTORY,
  /** What was acknowledged as saved is what is loaded. */
  SAVED_IS_SAVED,
  /** The state's files say what the state says. */
  FILES_KEEP_STATE,
  /** An ended job is let go only after its end was recorded. */
  ENDS_ARE_RECORDED,
  /** A person's request is dropped only after it was recorded. */
  REQUESTS_ARE_RECORDED,
  /** Deciding again on an unchanged world decides nothing. */
  DECIDES_ONCE,
  /** Once asked to stop, it starts nothing. */
  STOPS,
  /** No agent starts before the lease is held, or after another clone was found to have it. */
  LEASE_FIRST,
  /** No agent starts while another clone holds the lease, unless the remote was away. */
  ONE_CLONE_SPENDS,
  /** As long as it runs, the lease is renewed each minute. */
  LEASE_IS_RENEWED,
  /** A run that is told that another clone works ends, and no other run ends so. */
  LEASE_LOST_ENDS_THE_RUN,
  /** That the remote could not be asked is told before any agent starts. */
  OFFLINE_IS_SAID,
  /** An end that does not count leaves attempts, rounds and the PM's failures as they were. */
  UNCOUNTED,
  /** No agent starts while the budget is spent. */
  BUDGET_FIRST,
  /** A task at its limit is parked, and its worker ended. */
  TASK_LIMIT,
  /** A worker goes beyond its task's limit by one reply at most. */
  ONE_REPLY_TOO_MANY,
  /** A program that is out of quota, or near it, rests until the reset, and that is kept. */
  RESTS_UNTIL_RESET,
  /** A task that waits for a person is handed to no PM. */
  PARKED_IS_FOR_PEOPLE,
  /** Work that needs no agent goes on without a budget. */
  MERGES_GO_ON,
  /** Three equal rounds are followed by no fourth unless a person said something. */
  CIRCLES_END,
  /** A task is said to go in circles only if it does. */
  CIRCLES_ARE_CIRCLES,
  /** A task that a person has go on does so where it stood. */
  RETRY_RESUMES,
  /** A run that halts says why. */
  HALT_SAYS_WHY,
  /** A gate is left, and a merge begun, only if that was cleared for the head that is there. */
  GATES_HOLD,
  /** What people pushed to a branch comes to the base with it. */
  PUSHED_IS_KEPT,
  /** When all is in sync no pull request of work that has ended is open. */
  PULLS_END,
  /** When the process has ended by itself, no agent runs. */
  LEAVES_NOTHING_RUNNING,
  /** What {@code domain.Invariants} says of a step from one state to the next. */
  DOMAIN,
  /** No exception but a {@code PortFailure} comes out of the loop. */
  NO_BUG,
  /** When nothing fails any more it comes to an end, within a computed bound. */
  CONVERGES,
  /** When it says that all is in sync, every spec is handled as it is and nothing is open. */
  IN_SYNC_IS_TRUE
}
