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
   * @param baseTip the commit at the tip of the base branch
   */
  public static Prompt compose(
      AgentTemplate template, Task task, String specText, List<Review> reviews, String baseTip) {
    var prompt = new Prompt.Builder();
    prompt.role(template);
    prompt.add("Your task: " + task.id(), "state", task(task));
    prompt.add("The spec: " + task.specRef(), "spec", Prompt.fenced("markdown", specText));
    prompt.add("Findings so far, newest first", "findings", findings(reviews));
    prompt.add("What there is already", "runtime", change(template, baseTip));
    if (template.writes()) {
      prompt.add("Commits", "runtime", commits(task));
    }
    prompt.add("How to report", "runtime", report(template));
    return prompt.done();
  }

  private static String task(Task task) {
    return task.title()
        + "\n\n"
        + described(task.description().strip())
        + "\n\nRound "
        + task.round()
        + (task.round() == 0
            ? ", the first."
            : ": " + task.round() + " before it failed. The findings say why.");
  }

  private static String described(String description) {
    return description.isEmpty() ? "" : Prompt.fenced("markdown", description);
  }

  private static String change(AgentTemplate template, String baseTip) {
    return """
    The base branch is at commit %1$s. What the branch of this task changes against it%2$s:

        git diff %1$s...HEAD
        git log %1$s..HEAD\
    """
        .formatted(baseTip, template.writes() ? "" : ", which is what you judge");
  }

  private static String findings(List<Review> reviews) {
    var text = new StringBuilder();
    for (Review review : reviews.reversed()) {
      String heading =
          "## Round " + review.round() + ", " + review.role() + ": " + review.verdict() + "\n\n";
      String body = review.body().strip();
      String entry = heading + (body.isEmpty() ? "" : Prompt.fenced("markdown", body) + "\n\n");
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
