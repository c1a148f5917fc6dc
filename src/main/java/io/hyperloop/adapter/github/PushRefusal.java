package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What GitHub means when it refuses a push; it says so in what git prints.
 *
 * @see <a
 *     href="https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/troubleshooting-rules">
 *     Troubleshooting rules</a>
 */
public final class PushRefusal {
  private static final Pattern GUARDED =
      Pattern.compile("GH(?:006|013): [^\\n]*?refs/heads/(\\S+?)\\.?\\s*(?:\\n|$)");
  private static final Pattern RULE = Pattern.compile("remote: (?:error: )?- (.+)");
  private static final Pattern WORKFLOW =
      Pattern.compile("refusing to allow .{1,80} to create or update workflow `([^`]+)`");
  private static final Pattern SECRET = Pattern.compile("GH013|GITHUB PUSH PROTECTION");
  private static final Pattern LARGE = Pattern.compile("GH001: Large files detected");

  private PushRefusal() {}

  /**
   * What a person must know of it; empty if git failed for another reason.
   *
   * @param printed by git, on standard error
   */
  public static Optional<Problem> in(String printed) {
    Matcher workflow = WORKFLOW.matcher(printed);
    if (workflow.find()) {
      return problem(
          "the token may not change workflows, and the branch changes " + workflow.group(1),
          "git push",
          "run: gh auth refresh --scopes workflow, or use a token with that right");
    }
    if (printed.contains("GITHUB PUSH PROTECTION")) {
      return problem(
          "GitHub refuses the push since a commit holds a secret",
          guarded(printed),
          "take the secret out of the branch's commits; hyperloop does not push around it");
    }
    Matcher guarded = GUARDED.matcher(printed);
    if (guarded.find()) {
      Matcher rule = RULE.matcher(printed);
      return problem(
          "the branch "
              + guarded.group(1)
              + " is protected"
              + (rule.find() ? ": " + rule.group(1).strip() : ""),
          "refs/heads/" + guarded.group(1),
          "let the token's user bypass the rule, or leave branches that begin with hyperloop/ out"
              + " of it; for state another branch can be named: state_branch");
    }
    if (LARGE.matcher(printed).find()) {
      return problem(
          "GitHub refuses the push since a commit holds a file over 100 MB",
          "git push",
          "take the file out of the branch's commits");
    }
    return Optional.empty();
  }

  private static String guarded(String printed) {
    Matcher guarded = GUARDED.matcher(printed);
    return guarded.find() && SECRET.matcher(printed).find()
        ? "refs/heads/" + guarded.group(1)
        : "git push";
  }

  private static Optional<Problem> problem(String what, String where, String remedy) {
    return Optional.of(Problem.user(what, where, remedy));
  }
}
