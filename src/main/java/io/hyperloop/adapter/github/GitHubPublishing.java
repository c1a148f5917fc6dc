package io.hyperloop.adapter.github;

import io.hyperloop.adapter.git.RemoteBranches;
import io.hyperloop.adapter.git.RemoteBranches.Stand;
import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Wish;
import io.hyperloop.port.Publishing;
import io.hyperloop.port.PullRequests;
import io.hyperloop.port.PullRequests.Proposal;
import io.hyperloop.port.PullRequests.PullRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Branches by git, pull requests by GitHub's interface. What is done first is what must be there
 * for what follows: commits, the pull request, its readiness, what people are told. Killed in
 * between, it is all done again, and what is there already stays.
 */
public final class GitHubPublishing implements Publishing {
  private final PullRequests pulls;
  private final RemoteBranches branches;
  private final String base;

  /** Logs of failed checks, which never change. */
  private Map<Long, String> logs = Map.of();

  /**
   * On that forge.
   *
   * @param base name of the branch to merge into
   */
  public GitHubPublishing(PullRequests pulls, RemoteBranches branches, String base) {
    this.pulls = pulls;
    this.branches = branches;
    this.base = base;
  }

  @Override
  public PublishEnd publish(Wish wish, @Nullable String pr) {
    if (pr != null && isOver(pr)) {
      // What a person closed is not opened again; the next look tells what they did.
      return new PublishEnd.Done(wish.fingerprint(), pr, wish.head());
    }
    return switch (branches.bring(wish.branch(), wish.head())) {
      case Stand.Nothing(String head) -> new PublishEnd.Done(wish.fingerprint(), pr, head);
      case Stand.Contradicted(var files, String theirs, String ours) ->
          new PublishEnd.Contradicted(files, theirs, ours);
      case Stand.At(String head) -> {
        PullRequest pull =
            pulls.ensure(
                new Proposal(
                    wish.branch(), base, wish.title(), wish.body(), wish.labels(), !wish.ready()));
        told(wish, pull);
        yield new PublishEnd.Done(wish.fingerprint(), pull.url(), head);
      }
    };
  }

  private boolean isOver(String pr) {
    int number = number(pr);
    PullRequestSight seen = pulls.observe(java.util.List.of(number)).get(number);
    return seen != null && seen.state() != PullRequestSight.State.OPEN;
  }

  private void told(Wish wish, PullRequest pull) {
    if (!wish.stale().isEmpty()) {
      pulls.unlabel(pull.number(), wish.stale());
    }
    if (wish.ready() && pull.draft()) {
      pulls.ready(pull.number());
    }
    Wish.Notice notice = wish.notice();
    if (notice != null) {
      pulls.comment(pull.number(), wish.task() + "/" + notice.key(), notice.text());
    }
  }

  @Override
  public PublishEnd withdraw(TaskId task, String pr, String why) {
    pulls.close(number(pr), task + "/closed", "hyperloop closes this: " + why);
    return new PublishEnd.Withdrawn();
  }

  @Override
  public Pulls look(Map<TaskId, String> prs) {
    var numbers = new TreeMap<TaskId, Integer>();
    prs.forEach((task, pr) -> numbers.put(task, number(pr)));
    Map<Integer, PullRequestSight> seen =
        numbers.isEmpty() ? Map.of() : pulls.observe(numbers.values());
    // After it, so that what was seen to be merged is here.
    branches.fetchBase();
    var byTask = new HashMap<TaskId, PullRequestSight>();
    numbers.forEach((task, number) -> {
      PullRequestSight one = seen.get(number);
      if (one != null) {
        byTask.put(task, one);
      }
    });
    return new Pulls(byTask, logs(byTask));
  }

  private Map<Long, String> logs(Map<TaskId, PullRequestSight> seen) {
    var wanted = new HashMap<Long, String>();
    for (PullRequestSight pull : seen.values()) {
      for (Check check : pull.checks()) {
        boolean read = check.job() != 0 && check.result() == Result.FAILED;
        if (read && pull.state() == PullRequestSight.State.OPEN) {
          String known = logs.get(check.job());
          wanted.put(check.job(), known == null ? pulls.failedJobLog(check.job()) : known);
        }
      }
    }
    logs = Map.copyOf(wanted);
    return logs;
  }

  /** The number at the end of a pull request's address. */
  static int number(String pr) {
    return Integer.parseInt(pr.substring(pr.lastIndexOf('/') + 1));
  }
}
