package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which repository a remote's address means, in any of the forms that git takes.
 *
 * @param host in small letters, with its port if it is one of HTTP's; empty for a folder
 * @param path {@code owner/name}
 * @see <a href="https://git-scm.com/docs/git-fetch#_git_urls">Git URLs</a>
 */
public record RemoteAddress(String host, String path) {
  private static final Pattern WEB =
      Pattern.compile("(?i)(https?)://(?:[^/@]*@)?([^/:]+)(?::(\\d+))?/+(.+)");
  private static final Pattern SSH =
      Pattern.compile(
          "(?i)(?:git\\+)?(?:ssh|git)(?:\\+git)?://(?:[^/@]*@)?([^/:]+)(?::\\d+)?/+(.+)");
  private static final Pattern SCP = Pattern.compile("(?:[^/@:]+@)?([^/:@]{2,}):/*(?!/)(.+)");

  /** Takes an address apart; empty for a folder and for what is no address. */
  public static Optional<RemoteAddress> of(String address) {
    String text = address.strip();
    Matcher web = WEB.matcher(text);
    if (web.matches()) {
      String standard = web.group(1).equalsIgnoreCase("https") ? "443" : "80";
      boolean plain = web.group(3) == null || web.group(3).equals(standard);
      return Optional.of(
          new RemoteAddress(
              web.group(2).toLowerCase(Locale.ROOT) + (plain ? "" : ":" + web.group(3)),
              path(web.group(4))));
    }
    Matcher ssh = SSH.matcher(text);
    Matcher scp = SCP.matcher(text);
    Matcher shell = ssh.matches() ? ssh : !text.contains("://") && scp.matches() ? scp : null;
    return shell == null
        ? Optional.empty()
        : Optional.of(
            new RemoteAddress(shell.group(1).toLowerCase(Locale.ROOT), path(shell.group(2))));
  }

  private static String path(String path) {
    return path.replaceAll("/+$", "").replaceAll("\\.git$", "");
  }

  /** Whether it means a repository of a GitHub. */
  boolean is(ApiAddress gitHub, String repository) {
    String bare = gitHub.web().replaceAll(":\\d+$", "");
    boolean same =
        host.equals(gitHub.web())
            || host.equals(bare)
            // GitHub listens there too, for networks that let nothing else out.
            || (host.equals("ssh." + bare) || host.equals("www." + bare));
    return same && path.equalsIgnoreCase(repository);
  }

  /**
   * What is wrong with a remote that is to be a repository of a GitHub; empty if nothing. An
   * address without a host, or of a name that only the user's ssh knows, is believed as far as it
   * goes.
   */
  static Optional<Problem> mismatch(String origin, ApiAddress gitHub, String repository) {
    Optional<RemoteAddress> remote = of(origin);
    if (remote.isEmpty() || remote.get().is(gitHub, repository)) {
      return Optional.empty();
    }
    RemoteAddress other = remote.get();
    boolean alias = !other.host().contains(".") && !other.host().startsWith("localhost");
    if (alias && other.path().equalsIgnoreCase(repository)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.user(
            "origin is another repository than repo",
            "origin: "
                + other.host()
                + "/"
                + other.path()
                + ", repo: "
                + gitHub.web()
                + "/"
                + repository,
            "mend repo in .hyperloop.yaml or --repo, or run: git remote set-url origin https://"
                + gitHub.web()
                + "/"
                + repository
                + ".git"));
  }
}
