package io.hyperloop.domain;

/**
 * Findings about one round of a task, in full. Never deleted.
 *
 * @param sequence 1 for the first review of the round, then 2, 3
 * @param role who found it: the agent's name, {@code human}, {@code ci}, {@code check} or {@code
 *     orchestrator}
 * @param verdict {@code fail}, {@code question}, {@code answer} or {@code hint}
 */
public record Review(
    TaskId task, int round, int sequence, String role, String verdict, String body) {
  public static final String HUMAN = "human";

  /** Verdicts that cost no round. */
  public static final String QUESTION = "question";

  public static final String ANSWER = "answer";
  public static final String ORCHESTRATOR = "orchestrator";
}
