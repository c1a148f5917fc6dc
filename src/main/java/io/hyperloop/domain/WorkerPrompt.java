package io.hyperloop.domain;

import java.util.List;

/** Composes what a worker on a task is told. */
public final class WorkerPrompt {
  private static final int FINDINGS_MAX = 200_000;

  private WorkerPrompt() {}

  /**
   * The prompt of a worker.
   *
   * @param specText the spec at the task's version
   * @param reviews the task's reviews, oldest first
   */
  public static Prompt compose(
      AgentTemplate template, Task task, String specText, List<Review> reviews) {
    var prompt = new Prompt.Builder();
    prompt.role(template);
    prompt.add("Your task: " + task.id(), "state", task(task));
    prompt.add("The spec: " + task.specRef(), "spec", specText);
    prompt.add("Findings so far, newest first", "findings", findings(reviews));
    if (template.writes()) {
      prompt.add("Commits", "runtime", commits(task));
    }
    prompt.add("How to report", "runtime", report(template));
    return prompt.done();
  }

  private static String task(Task task) {
    return task.title()
        + "\n\n"
        + task.description().strip()
        + "\n\nRound "
        + task.round()
        + (task.round() == 0
            ? ", the first."
            : ": " + task.round() + " before it failed. The findings say why.");
  }

  private static String findings(List<Review> reviews) {
    var text = new StringBuilder();
    for (Review review : reviews.reversed()) {
      String heading =
          "## Round " + review.round() + ", " + review.role() + ": " + review.verdict() + "\n\n";
      String entry = heading + review.body().strip() + "\n\n";
      if (text.length() + entry.length() > FINDINGS_MAX) {
        text.append("(older findings are left out)\n");
        break;
      }
      text.append(entry);
    }
    return text.toString();
  }

  private static String commits(Task task) {
    return """
    You are in a git work tree of your own, on a detached HEAD that continues this task's branch. Commit
    your work there, on top of what is there; do not switch branches and do not rewrite what is below.
    End each commit message with these trailers:

        Spec-Ref: %s
        Task-Ref: %s

    What you leave uncommitted is committed for you. Changes to specs or to anything under .hyperloop/
    reject the round.\
    """
        .formatted(task.specRef(), task.id());
  }

  private static String report(AgentTemplate template) {
    String noChange =
        template.writes()
            ? "\nIf nothing has to be changed, add \"no_change\": true and say why in the detail."
            : "\nWhat you change in the work tree is dropped.";
    return """
    When you are done, report one JSON object, at most 1 MiB, by writing it to the file named by the
    environment variable HYPERLOOP_RESULT_FILE:

        {"verdict": "pass" | "fail" | "question", "detail": "..."}

    pass: done, as far as your role goes. fail: not done; the detail is the finding that the next worker
    gets, so name files, commands and what was expected. question: only a person can decide; the detail is
    the question, and the task waits for the answer. No report is no verdict.\
    """
        + noChange;
  }
}
