package io.hyperloop.testing.github;

import io.hyperloop.testing.github.Pull.Handover;
import io.hyperloop.testing.github.Pull.Said;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a pull request may be merged, and how that is done. */
final class Landing {
  private final Forge forge;

  Landing(Forge forge) {
    this.forge = forge;
  }

  /** As {@code mergeable_state} has it: clean, dirty, behind, blocked, unstable, draft, unknown. */
  String look(Pull pull) {
    if (!pull.open) {
      return "unknown";
    }
    String base = tip(pull);
    return forge.known(base, pull.head) ? state(pull) : "unknown";
  }

  /** As {@link #look}, without being another look. */
  String lastLook(Pull pull) {
    return forge.isKnown(tip(pull), pull.head) ? state(pull) : "unknown";
  }

  String state(Pull pull) {
    String base = tip(pull);
    if (forge.conflicts(base, pull.head)) {
      return "dirty";
    }
    if (pull.draft) {
      return "draft";
    }
    if (forge.rules.upToDate() && !forge.git.contains(pull.head, base)) {
      return "behind";
    }
    if (!unmet(pull).isEmpty()) {
      return "blocked";
    }
    return forge.ci.of(pull.head).stream().allMatch(Check::passed) ? "clean" : "unstable";
  }

  /** What a rule is not met by, in GitHub's words; empty if all are. */
  String unmet(Pull pull) {
    Set<String> passed = new HashSet<>();
    forge.ci.of(pull.head).stream().filter(Check::passed).forEach(c -> passed.add(c.name()));
    for (String required : forge.rules.checks()) {
      if (!passed.contains(required)) {
        return "Required status check \"" + required + "\" is expected.";
      }
    }
    Map<String, String> last = new HashMap<>();
    for (Said review : pull.reviews) {
      if (review.author().push() && !review.state().equals("COMMENTED")) {
        last.put(review.author().login(), review.state());
      }
    }
    if (forge.rules.approvals() > 0 && last.containsValue("CHANGES_REQUESTED")) {
      return "Changes must be addressed before merging.";
    }
    long approvals = last.values().stream().filter("APPROVED"::equals).count();
    return approvals < forge.rules.approvals()
        ? "At least "
            + forge.rules.approvals()
            + " approving review is required by reviewers with write access."
        : "";
  }

  /** The button. Gives the merge commit. */
  String merge(
      Pull pull,
      @Nullable String sha,
      String method,
      @Nullable String title,
      @Nullable String message) {
    if (!pull.open) {
      throw new Refusal(405, "Pull Request is not mergeable");
    }
    if (sha != null && !sha.equals(pull.head)) {
      throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
    }
    switch (state(pull)) {
      case "draft" -> throw new Refusal(405, "Pull Request is still a draft");
      case "dirty" -> throw new Refusal(405, "Pull Request is not mergeable");
      case "behind" ->
          throw new Refusal(405, "The head branch is not up to date with the base branch.");
      case "blocked" -> throw new Refusal(405, unmet(pull));
      default -> {
        if (forge.rules.queue()) {
          throw new Refusal(405, "Changes must be made through the merge queue");
        }
      }
    }
    return land(pull, method, title, message);
  }

  private String land(Pull pull, String method, @Nullable String title, @Nullable String message) {
    String base = tip(pull);
    String tree = forge.git.merged(base, pull.head).orElseThrow();
    String subject =
        title != null
            ? title
            : method.equals("merge")
                ? "Merge pull request #" + pull.number + " from " + forge.owner + "/" + pull.branch
                : pull.title + " (#" + pull.number + ")";
    String text = subject + "\n\n" + (message == null ? "" : message);
    String commit =
        switch (method) {
          case "merge" -> forge.git.commit(tree, List.of(base, pull.head), text);
          case "squash" -> forge.git.commit(tree, List.of(base), text);
          case "rebase" -> forge.git.rebased(base, pull.head);
          default -> throw Forge.invalid("merge_method");
        };
    forge.git.move(pull.base, commit);
    forge.end(pull, commit);
    forge.follow();
    return commit;
  }

  /** The other button, which merges the base into the branch. */
  void update(Pull pull, @Nullable String expected) {
    if (expected != null && !expected.equals(pull.head)) {
      throw new Refusal(422, "expected head sha didn’t match current head ref.");
    }
    if (!pull.open) {
      throw new Refusal(422, "Pull request is closed");
    }
    String base = tip(pull);
    if (forge.git.contains(pull.head, base)) {
      throw new Refusal(422, "There are no new commits on the base branch.");
    }
    String tree =
        forge
            .git
            .merged(base, pull.head)
            .orElseThrow(() -> new Refusal(422, "merge conflict between base and head"));
    String text = "Merge branch '" + pull.base + "' into " + pull.branch;
    forge.git.move(pull.branch, forge.git.commit(tree, List.of(pull.head, base), text));
    forge.follow();
  }

  /** What GitHub does by itself at each tick. */
  void tryHandover(Pull pull) {
    Handover handover = java.util.Objects.requireNonNull(pull.handover);
    String state = state(pull);
    if (state.equals("dirty")) {
      pull.handover = null;
    } else if (state.equals("clean")
        || state.equals("unstable")
        || (handover.queue() && state.equals("behind"))) {
      land(pull, handover.method(), handover.title(), handover.message());
    }
  }

  private String tip(Pull pull) {
    return forge.head(pull.base).orElse(pull.head);
  }
}
