package io.hyperloop;

import io.hyperloop.adapter.git.MergeStrategy;
import io.hyperloop.config.Configuration.Merge.Strategy;
import io.hyperloop.port.PullRequests;

/** What the configuration calls a strategy, in the words of those who merge. */
final class Strategies {
  private Strategies() {}

  static MergeStrategy local(Strategy strategy) {
    return switch (strategy) {
      case SQUASH -> MergeStrategy.SQUASH;
      case MERGE -> MergeStrategy.MERGE;
      case REBASE -> MergeStrategy.REBASE;
    };
  }

  static PullRequests.Method hosted(Strategy strategy) {
    return switch (strategy) {
      case SQUASH -> PullRequests.Method.SQUASH;
      case MERGE -> PullRequests.Method.MERGE;
      case REBASE -> PullRequests.Method.REBASE;
    };
  }
}
