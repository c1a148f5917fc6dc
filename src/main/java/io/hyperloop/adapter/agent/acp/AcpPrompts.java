package io.hyperloop.adapter.agent.acp;

/** What agents are told beside their task. */
final class AcpPrompts {
  static final String HOW =
      """


      You are one of the agents of hyperloop and work alone: nobody reads what you write while you \
      work, and nobody answers questions. Work in your work tree only: %s. The file that \
      HYPERLOOP_RESULT_FILE names is %s. Without a report in that file your work does not count; \
      write it last, then end your turn.
      """;

  static final String REMINDER =
      """
      You ended without a report that counts (%s), so nothing of your work counts yet. Write it now, \
      one JSON object, to the file %s.
      """;

  static final String GO_ON = "Your turn was cut off. Go on with your task to its end.";

  static final String INTERRUPTED =
      """
      You were interrupted: the program that runs you was stopped in the middle of your work. Your \
      work tree may be as you left it, or made anew from the branch of your task, perhaps in another \
      directory: %s. Look at it first (git status, git log), then go on with your task to its end, \
      and write your report to the file %s.
      """;

  private AcpPrompts() {}
}
