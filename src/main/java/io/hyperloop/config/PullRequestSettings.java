package io.hyperloop.config;

import io.hyperloop.config.Configuration.PullRequests;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether and how work goes through pull requests, and what follows from that. */
final class PullRequestSettings {
  static final String FORM = "write owner/repo, as in https://github.com/owner/repo";

  private static final int OPEN_MOST = 10_000;
  private static final String WITHOUT_REPO = "add repo: owner/repo, or leave it out";

  private enum Means {
    COMMENT
  }

  private PullRequestSettings() {}

  /**
   * Reads what concerns pull requests only.
   *
   * @param flag the repository that is named by flag and beats the file's; null for none
   */
  static PullRequests read(Section root, @Nullable String flag) {
    String own = root.textOrNull("repo");
    if (own != null && !Names.repository(own)) {
      root.fault("repo", "repo is \"" + own + "\", which is no repository on GitHub", FORM);
    }
    String repo = flag == null ? own : flag;
    // A repo that is written amiss is its own fault, and not also that of what depends on it.
    boolean missing = repo == null && (!root.has("repo") || root.saysNull("repo"));
    Integer openMax = root.countOrNull("max_open_prs", OPEN_MOST);
    if (openMax != null && missing) {
      root.fault("max_open_prs", "max_open_prs is set, and no repo is", WITHOUT_REPO);
    }
    boolean comments = comments(root, missing);
    return new PullRequests(repo, openMax == null ? 0 : openMax, repo != null && comments);
  }

  private static boolean comments(Section root, boolean missing) {
    if (!root.has("notifications")) {
      return true;
    }
    if (root.saysNull("notifications")) {
      return false;
    }
    Section section = root.section("notifications");
    section.choice("type", Map.of("github-comment", Means.COMMENT), Means.COMMENT);
    if (!section.has("type")) {
      root.fault("notifications", "notifications: the key type is missing", "add type:");
    } else if (missing && "github-comment".equals(section.text("type", null))) {
      section.fault(
          "type", "notifications are comments on pull requests, and no repo is set", WITHOUT_REPO);
    }
    section.done();
    return true;
  }

  /** Whether to push what hyperloop committed. */
  static boolean push(Section root, boolean pullRequests) {
    boolean push = root.flag("push", pullRequests);
    if (pullRequests && !push) {
      root.fault(
          "push",
          "push is false, but repo works through pull requests, which are pushed",
          "leave push out, or repo");
    }
    return push;
  }
}
