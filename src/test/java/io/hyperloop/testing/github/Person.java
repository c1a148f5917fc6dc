package io.hyperloop.testing.github;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.testing.github.Pull.Said;

/** What somebody does to the repository, at its web page or with their own clone. */
public final class Person {
  private final Forge forge;
  private final Account account;

  Person(Forge forge, Account account) {
    this.forge = forge;
    this.account = account;
  }

  public void labels(int pull, String label) {
    synchronized (forge) {
      forge.putOn(forge.pull(pull), label);
    }
  }

  public void takesOff(int pull, String label) {
    synchronized (forge) {
      forge.pull(pull).labels.remove(label);
    }
  }

  public void comments(int pull, String body) {
    synchronized (forge) {
      forge.comment(forge.pull(pull), account, body);
    }
  }

  public void approves(int pull) {
    reviews(pull, "APPROVED", "");
  }

  public void requestsChanges(int pull, String body) {
    reviews(pull, "CHANGES_REQUESTED", body);
  }

  /**
   * Reviews the present head.
   *
   * @param state APPROVED, CHANGES_REQUESTED, COMMENTED or DISMISSED
   */
  public void reviews(int number, String state, String body) {
    synchronized (forge) {
      forge.follow();
      Pull pull = forge.pull(number);
      pull.reviews.add(new Said(forge.id(), account, body, state, pull.head, "", 0, false));
    }
  }

  /** Comments on a line. */
  public void remarks(int number, String path, int line, String body) {
    synchronized (forge) {
      forge.follow();
      Pull pull = forge.pull(number);
      pull.remarks.add(new Said(forge.id(), account, body, "", pull.head, path, line, false));
    }
  }

  public void closes(int pull) {
    synchronized (forge) {
      forge.pull(pull).open = false;
    }
  }

  public void reopens(int pull) {
    synchronized (forge) {
      forge.pull(pull).open = true;
    }
  }

  public void marksReady(int pull) {
    synchronized (forge) {
      forge.pull(pull).draft = false;
    }
  }

  /** Merges by hand, at the page; gives the merge commit. */
  @CanIgnoreReturnValue
  public String merges(int pull, String method) {
    synchronized (forge) {
      forge.follow();
      return new Landing(forge).merge(forge.pull(pull), null, method, null, null);
    }
  }

  /**
   * Commits a file to a branch, which is made from the default branch if missing; gives its head.
   */
  @CanIgnoreReturnValue
  public String pushes(String branch, String file, String text) {
    synchronized (forge) {
      String commit = forge.git.write(branch, forge.defaultBranch, file, text, "Write " + file);
      forge.follow();
      return commit;
    }
  }

  public void deletesBranch(String branch) {
    synchronized (forge) {
      forge.git.delete(branch);
      forge.follow();
    }
  }
}
