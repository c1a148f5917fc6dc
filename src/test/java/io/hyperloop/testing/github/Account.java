package io.hyperloop.testing.github;

import java.util.Set;

/**
 * Somebody with an account.
 *
 * @param association to the repository, as GitHub writes it: {@code OWNER}, {@code MEMBER}, {@code
 *     COLLABORATOR}, {@code NONE}
 * @param scopes of the token
 * @param push may push to the repository
 */
public record Account(long id, String login, String association, Set<String> scopes, boolean push) {
  /** The one whose token hyperloop has. */
  public static final Account HYPERLOOP =
      new Account(1, "somebody", "OWNER", Set.of("repo", "read:org"), true);

  /** A person with the right to merge. */
  public static final Account MEMBER = new Account(2, "member", "MEMBER", Set.of("repo"), true);

  /** A person without any right. */
  public static final Account STRANGER = new Account(3, "stranger", "NONE", Set.of(), false);

  public Account {
    scopes = Set.copyOf(scopes);
  }

  /** The same with other scopes. */
  public Account with(Set<String> others) {
    return new Account(id, login, association, others, push);
  }

  /** The same without the right to push. */
  public Account readingOnly() {
    return new Account(id, login, "NONE", scopes, false);
  }
}
