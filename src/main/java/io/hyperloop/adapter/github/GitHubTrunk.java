package io.hyperloop.adapter.github;

import io.hyperloop.adapter.git.MergeMessage;
import io.hyperloop.adapter.git.RemoteBranches;
import io.hyperloop.adapter.git.RemoteBranches.Update;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PullRequests;
import io.hyperloop.port.PullRequests.MergeAnswer;
import io.hyperloop.port.Trunk;
import java.util.List;

/**
 * The base branch at GitHub. A branch gets the base's newest commits only where GitHub will not
 * merge it otherwise: each such update runs all its checks again.
 */
public final class GitHubTrunk implements Trunk {
  private final PullRequests pulls;
  private final RemoteBranches branches;
  private final Trunk local;
  private final PullRequests.Method method;
  private final boolean deleteBranch;

  /**
   * A trunk.
   *
   * @param local the same base branch as it was fetched: proof of merges, and branches here
   * @param deleteBranch whether branches go once their work is on the base branch
   */
  public GitHubTrunk(
      PullRequests pulls,
      RemoteBranches branches,
      Trunk local,
      PullRequests.Method method,
      boolean deleteBranch) {
    this.pulls = pulls;
    this.branches = branches;
    this.local = local;
    this.method = method;
    this.deleteBranch = deleteBranch;
  }

  @Override
  public MergeEnd merge(MergeOrder order) {
    String pr = order.pr();
    if (pr == null) {
      branches.fetchBase();
      return branches.isOnBase(order.head())
          ? new MergeEnd.Merged(order.head(), order.head())
          : new MergeEnd.NotYet("it has no pull request");
    }
    int number = GitHubPublishing.number(pr);
    MergeMessage message = MergeMessage.of(order);
    MergeAnswer answer =
        pulls.merge(
            new PullRequests.Merge(
                number, order.head(), method, order.via(), message.subject(), message.body()));
    return switch (answer) {
      case MergeAnswer.Merged(String commit) -> merged(commit, order.head());
      case MergeAnswer.AlreadyMerged(String commit, String head) -> merged(commit, head);
      case MergeAnswer.Closed _ -> new MergeEnd.NotYet(pr + " is closed");
      case MergeAnswer.HeadMoved _ -> new MergeEnd.Moved();
      case MergeAnswer.Dirty _ -> update(order);
      case MergeAnswer.Behind _ -> order.update() ? update(order) : new MergeEnd.Moved();
      case MergeAnswer.Blocked(String why) -> new MergeEnd.NotYet(pr + " is blocked: " + why);
      // Nobody has to do anything, so nobody is told: it is tried again after the next look.
      case MergeAnswer.NotYet _ -> new MergeEnd.Moved();
    };
  }

  /** What depends on it begins at the base branch as it is here. */
  private MergeEnd merged(String commit, String head) {
    branches.fetchBase();
    return new MergeEnd.Merged(commit, head);
  }

  private MergeEnd update(MergeOrder order) {
    branches.fetchBase();
    return switch (branches.update(order.branch(), order.head())) {
      case Update.Updated(String head) -> new MergeEnd.Updated(head);
      case Update.Conflict(List<String> files, String onto) -> new MergeEnd.Conflict(files, onto);
      case Update.Moved _ -> new MergeEnd.Moved();
    };
  }

  @Override
  public boolean contains(TaskId task, String head) {
    return local.contains(task, head) || branches.isOnBase(head);
  }

  @Override
  public void cleanUp(List<MergeOrder> merged) {
    if (deleteBranch) {
      for (MergeOrder order : merged) {
        branches.delete(order.branch(), order.head());
      }
    }
    local.cleanUp(merged);
  }
}
