package io.hyperloop.domain;

/**
 * Findings about one round of a task, in full. Never deleted.
 *
 * @param sequence 1 for the first review of the round, then 2, 3
 * @param role who found it: the agent's name, {@code human}, {@code ci}, {@code check} or {@code
 *     orchestrator}
 * @param verdict {@code fail}, {@code question}, {@code answer}, {@code hint} or {@code retry}
 */
public record Review(
    TaskId task, int round, int sequence, String role, String verdict, String body) {
  public static final String HUMAN = "human";

  /** The verdict of a finding. */
  public static final String FAIL = "fail";

  /** Verdicts that cost no round. */
  public static final String QUESTION = "question";

  public static final String ANSWER = "answer";

  /** A person had a parked task go on. */
  public static final String RETRY = "retry";

  /** People pushed commits to the branch. */
  public static final String PUSHED = "pushed";

  public static final String CI = "ci";

  public static final String ORCHESTRATOR = "orchestrator";
}
