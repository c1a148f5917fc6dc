package io.hyperloop.testing.github;

import java.util.Set;

/**
 * What the repository asks for before something is merged into its base branch.
 *
 * @param checks names of those that must pass
 * @param upToDate the branch must have the base's newest commits
 * @param approvals how many
 * @param queue merging goes through the merge queue
 */
public record Rules(Set<String> checks, boolean upToDate, int approvals, boolean queue) {
  /** Nothing. */
  public static final Rules NONE = new Rules(Set.of(), false, 0, false);

  public Rules {
    checks = Set.copyOf(checks);
  }

  /** Those checks must pass. */
  public Rules requiring(String... names) {
    return new Rules(Set.of(names), upToDate, approvals, queue);
  }

  /** Those checks must pass on top of the base's newest commits. */
  public Rules upToDateToo() {
    return new Rules(checks, true, approvals, queue);
  }

  /** So many people must approve. */
  public Rules approvedBy(int number) {
    return new Rules(checks, upToDate, number, queue);
  }

  /** Merging goes through the merge queue. */
  public Rules queued() {
    return new Rules(checks, upToDate, approvals, true);
  }
}
