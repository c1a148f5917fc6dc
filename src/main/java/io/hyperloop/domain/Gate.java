package io.hyperloop.domain;

import java.util.List;

/** What a gate is judged by. */
public sealed interface Gate {

  /** A person says {@code hyperloop approve}. */
  record Manual() implements Gate {}

  /** The pull request bears a label. */
  record Label(String label) implements Gate {}

  /**
   * Reviewers approve the pull request's head.
   *
   * @param approvals how many, at least 1
   */
  record Approval(int approvals) implements Gate {
    public Approval {
      if (approvals < 1) {
        throw new IllegalArgumentException("a gate without approvals is none");
      }
    }
  }

  /**
   * Checks of the pull request's head pass.
   *
   * @param checks which; all that report if none is named
   * @param allowNone whether it is cleared if nothing reports at all
   */
  record Checks(List<String> checks, boolean allowNone) implements Gate {
    public Checks {
      checks = List.copyOf(checks);
    }
  }

  /**
   * Several at once.
   *
   * @param gates by their names
   */
  record All(List<String> gates) implements Gate {
    public All {
      gates = List.copyOf(gates);
    }
  }

  /** Whether it can be judged only where there is a pull request. */
  default boolean needsPullRequest() {
    return !(this instanceof Manual) && !(this instanceof All);
  }
}
