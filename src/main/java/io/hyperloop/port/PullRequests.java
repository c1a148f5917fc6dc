package io.hyperloop.port;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.PullRequestSight;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pull requests of one repository. Everything may be repeated: what is already so is left as it
 * is. Every method may take seconds, except {@link #pause}.
 *
 * <p>All throw {@link PortFailure} where the forge is down, refuses the token, or lacks the
 * repository.
 */
public interface PullRequests {

  /**
   * Sees to it that the branch has an open pull request with this title, body and labels. One that
   * is there is found by its branch, and only what differs is changed: labels of others stay, a
   * draft is not made of one that is ready. Missing labels are created.
   *
   * @throws PortFailure with scope TASK if the branch is missing there or has nothing new
   */
  PullRequest ensure(Proposal proposal);

  /**
   * What a pull request shall be.
   *
   * @param branch in the same repository, already pushed
   * @param title cut to 256 characters, one line
   * @param body Markdown; cut to 65,536 characters, and then says so
   * @param labels each cut to 50 characters, without commas and control characters
   * @param draft opened as a draft
   */
  record Proposal(
      String branch, String base, String title, String body, List<String> labels, boolean draft) {
    public Proposal {
      labels = List.copyOf(labels);
    }
  }

  /**
   * What there is now.
   *
   * @param created by this very call
   */
  record PullRequest(int number, String url, String head, boolean draft, boolean created) {}

  /** Makes a draft ready for review. Nothing happens to one that is ready or closed. */
  void ready(int number);

  /** Takes labels off; those that it does not bear are fine. */
  void unlabel(int number, Collection<String> labels);

  /** Closes it with a comment, unless it is closed or merged. */
  void close(int number, String key, String comment);

  /**
   * Comments once per key, which is kept in the comment, invisibly. Cut as a body is.
   *
   * @param key letters, digits, dots, dashes, slashes
   */
  void comment(int number, String key, String body);

  /**
   * All of them as they are, at most 50 per request. Those that do not exist are left out.
   *
   * @param numbers in any order, any number of them
   */
  Map<Integer, PullRequestSight> observe(Collection<Integer> numbers);

  /** Merges one, or has the forge do so. Looks first, so that each head is merged at most once. */
  MergeAnswer merge(Merge order);

  /**
   * What to merge.
   *
   * @param head the commit that was verified; another is not merged
   * @param subject first line of the commit; a merge queue takes its own
   */
  record Merge(
      int number, String head, Method method, Action.Via via, String subject, String body) {}

  /** What becomes of the commits. */
  enum Method {
    SQUASH,
    MERGE,
    REBASE
  }

  /** What came of it. */
  sealed interface MergeAnswer {
    /** Merged now. */
    record Merged(String commit) implements MergeAnswer {}

    /**
     * Merged before, by whomever.
     *
     * @param head what was merged; it may be another than the one asked for
     */
    record AlreadyMerged(String commit, String head) implements MergeAnswer {}

    /** Closed without being merged. */
    record Closed() implements MergeAnswer {}

    /** The branch stands elsewhere now. */
    record HeadMoved(String head) implements MergeAnswer {}

    /** The branch contradicts the base. */
    record Dirty() implements MergeAnswer {}

    /** The branch must have the base's newest commits first. */
    record Behind() implements MergeAnswer {}

    /** A rule of the repository is not met, in the forge's words. */
    record Blocked(String why) implements MergeAnswer {}

    /** Ask again later; nobody has to do anything. */
    record NotYet(String why) implements MergeAnswer {}
  }

  /** Brings the base branch's newest commits into the branch, on the forge. */
  Update updateBranch(int number, String expectedHead);

  /** How that went. */
  enum Update {
    /** It is being done; the head will move. */
    UPDATING,
    /** It has them all. */
    CURRENT,
    HEAD_MOVED,
    CONFLICT,
    /** Closed or merged. */
    CLOSED
  }

  /**
   * The end of a failed job's log, at most 64 KiB; empty if there is none any more.
   *
   * @param job as {@link PullRequestSight.Check#job} has it
   */
  String failedJobLog(long job);

  /**
   * Until when the forge wants to be left alone; before that every other method fails without
   * asking it. Never blocks.
   */
  Optional<Pause> pause();

  /** A rest that the forge imposed. */
  record Pause(Instant until, String why) {}
}
