package io.hyperloop.domain;

import java.util.List;

/** What a worker's HEAD amounted to when it ended: facts; the rule is in {@link Verdicts}. */
public sealed interface Delivery {

  /** The worker may not write; whatever it changed is dropped. */
  record ReadOnly() implements Delivery {}

  /**
   * Its commits are on the task's branch.
   *
   * @param changed whether the branch differs from its fork, state aside
   * @param anew whether its content differs from what it was before the worker began
   */
  record Taken(String head, boolean changed, boolean anew) implements Delivery {
    public Taken(String head, boolean changed) {
      this(head, changed, true);
    }
  }

  /** HEAD cannot be taken: it descends from nothing of the base branch, or is gone. */
  record Unusable(String why) implements Delivery {}

  /**
   * It changed what workers may not change, or brought a secret.
   *
   * @param paths each perhaps with the reason, in brackets
   */
  record Forbidden(List<String> paths) implements Delivery {
    public Forbidden {
      paths = List.copyOf(paths);
    }
  }
}
