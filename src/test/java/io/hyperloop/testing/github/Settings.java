package io.hyperloop.testing.github;

import java.util.Map;

/** What the owner of the repository can set. */
public final class Settings {
  private final Forge forge;
  private final Map<String, Account> accounts;

  Settings(Forge forge, Map<String, Account> accounts) {
    this.forge = forge;
    this.accounts = accounts;
  }

  public void rules(Rules rules) {
    synchronized (forge) {
      forge.rules = rules;
    }
  }

  /** Nobody pushes to that branch, except GitHub itself. */
  public void guarded(String branch) {
    forge.git.guard(branch);
  }

  public void archived() {
    synchronized (forge) {
      forge.archived = true;
    }
  }

  public void hidden() {
    synchronized (forge) {
      forge.isPrivate = true;
    }
  }

  public void autoMerge(boolean allowed) {
    synchronized (forge) {
      forge.autoMergeAllowed = allowed;
    }
  }

  /** How many looks find that it is not known yet whether something can be merged; 1 at first. */
  public void looksInVain(int looks) {
    synchronized (forge) {
      forge.looksInVain = looks;
    }
  }

  /** Whose the token is from now on. */
  public void token(String token, Account account) {
    accounts.put(token, account);
  }

  /** The token is worth nothing any more. */
  public void revoked(String token) {
    accounts.remove(token);
  }
}
