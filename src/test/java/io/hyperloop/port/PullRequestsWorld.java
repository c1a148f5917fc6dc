package io.hyperloop.port;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import java.util.Set;

/** What happens around pull requests, by others than us: for the contract's tests. */
public interface PullRequestsWorld {

  /**
   * Commits a file to a branch, which begins at the base tip if it is not there; gives its head.
   */
  @CanIgnoreReturnValue
  String push(String branch, String file, String text);

  void deleteBranch(String branch);

  /** A branch's commit. */
  String head(String branch);

  /** A file's text at the base tip; empty if it is not there. */
  String base(String file);

  String title(int number);

  String body(int number);

  void label(int number, String label);

  /**
   * A comment on the whole.
   *
   * @param insider whether a member, or a stranger
   */
  void comment(int number, boolean insider, String body);

  /** A member's comment on a line. */
  void remark(int number, String file, int line, String body);

  /** A member's review. */
  void review(int number, Opinion opinion, String body);

  void closeByHand(int number);

  void mergeByHand(int number);

  /** A check of a commit is done. */
  void check(String head, String name, Result result, String log);

  /** What is asked for before something is merged. */
  void rules(Set<String> requiredChecks, boolean upToDate);

  /** Merging goes through a merge queue. */
  void queue();

  /** What goes on by itself goes on by one step. */
  void tick();

  /** How many changes were asked for so far, of whatever kind. */
  int changes();
}
