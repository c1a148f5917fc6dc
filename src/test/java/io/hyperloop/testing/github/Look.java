package io.hyperloop.testing.github;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How things stand on the double, for assertions. */
public final class Look {
  private final Forge forge;

  Look(Forge forge) {
    this.forge = forge;
  }

  /**
   * A pull request.
   *
   * @param state {@code open}, {@code closed} or {@code merged}
   * @param comments bodies
   */
  public record PullView(
      int number,
      String state,
      boolean draft,
      String title,
      String body,
      String head,
      Set<String> labels,
      List<String> comments) {}

  public PullView pull(int number) {
    synchronized (forge) {
      forge.follow();
      Pull pull = forge.pull(number);
      return new PullView(
          number,
          pull.merged() ? "merged" : pull.open ? "open" : "closed",
          pull.draft,
          pull.title,
          pull.body,
          pull.head,
          Set.copyOf(pull.labels),
          pull.comments.stream().map(Pull.Said::body).toList());
    }
  }

  public int pulls() {
    synchronized (forge) {
      return forge.pulls.size();
    }
  }

  public Set<String> labels() {
    synchronized (forge) {
      return new TreeSet<>(forge.labels.values());
    }
  }

  /** The commit of a branch; empty if there is none. */
  public String head(String branch) {
    return forge.git.head(branch).orElse("");
  }

  /** A file's text at a branch; empty if it is not there. */
  public String file(String branch, String file) {
    return forge.git.read("refs/heads/" + branch, file);
  }

  /** Subject and body of a commit. */
  public String message(String commit) {
    return forge.git.message(commit);
  }
}
