package io.hyperloop.domain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A pull request as it was when last looked at.
 *
 * @param head the commit at the tip of its branch, or where that stood when it was closed
 * @param mergeCommit the commit on the base branch that holds it, once merged
 * @param handedOver the forge was told to merge it as soon as it may: auto-merge or a merge queue
 * @param comments of people and of ours, in order, those on lines of code among them
 * @param checks of {@code head}; empty too while the forge still speaks of an older head
 * @param incomplete what there was more of than is listed, such as {@code comments}; the newest are
 *     listed
 */
public record PullRequestSight(
    int number,
    String url,
    State state,
    boolean draft,
    String head,
    @Nullable String mergeCommit,
    Mergeable mergeable,
    boolean handedOver,
    Set<String> labels,
    List<Review> reviews,
    List<Comment> comments,
    List<Check> checks,
    Set<String> incomplete) {
  private static final int TEXT_MAX = 65_536;
  private static final int NAME_MAX = 1_000;

  public PullRequestSight {
    if (number < 1) {
      throw new IllegalArgumentException("no pull request has the number " + number);
    }
    url = Texts.oneLine(url, NAME_MAX);
    labels = Set.copyOf(labels);
    reviews = List.copyOf(reviews);
    comments = List.copyOf(comments);
    checks = List.copyOf(checks);
    incomplete = Set.copyOf(incomplete);
  }

  /** The last word of each insider who gave one, by author; a comment is none. */
  Map<String, Review> opinions() {
    var last = new LinkedHashMap<String, Review>();
    for (Review review : reviews) {
      if (review.association().insider() && review.opinion() != Opinion.COMMENTED) {
        last.put(review.author(), review);
      }
    }
    return last;
  }

  /** Where it is in its life. */
  public enum State {
    OPEN,
    MERGED,
    CLOSED
  }

  /** Whether it could be merged now. */
  public enum Mergeable {
    /** Yes. */
    YES,
    /** Yes, though a check that is not required fails or is not done. */
    UNSTABLE,
    /** It contradicts the base branch. */
    CONFLICT,
    /** The base branch has moved, and the branch must have it before it may be merged. */
    BEHIND,
    /** A rule of the repository is not met: a check, an approval. */
    BLOCKED,
    /** Not worked out yet: look again. */
    UNKNOWN
  }

  /** What somebody is to the repository. */
  public enum Association {
    OWNER,
    MEMBER,
    COLLABORATOR,
    OTHER;

    /** Whether their word counts. */
    public boolean insider() {
      return this != OTHER;
    }
  }

  /**
   * What a reviewer said of the whole.
   *
   * @param id unique and lasting
   * @param author a login; empty if the account is gone
   * @param head the commit that was looked at; empty if unknown
   */
  public record Review(
      String id,
      String author,
      Association association,
      Opinion opinion,
      String body,
      String head,
      Instant at) {
    public Review {
      author = Texts.oneLine(author, NAME_MAX);
      body = Texts.bounded(body, TEXT_MAX);
    }
  }

  /** A reviewer's opinion. */
  public enum Opinion {
    APPROVED,
    CHANGES_REQUESTED,
    COMMENTED,
    DISMISSED
  }

  /**
   * A comment.
   *
   * @param id unique and lasting
   * @param author a login; empty if the account is gone
   * @param ours it carries the marker that hyperloop hides in its comments
   * @param place file and line that it is about; empty if about the whole
   * @param settled a discussion of lines that somebody marked as resolved
   */
  public record Comment(
      String id,
      String author,
      Association association,
      String body,
      boolean ours,
      String place,
      boolean settled,
      Instant at) {
    public Comment {
      author = Texts.oneLine(author, NAME_MAX);
      body = Texts.bounded(body, TEXT_MAX);
      place = Texts.oneLine(place, NAME_MAX);
    }
  }

  /**
   * One check of the head.
   *
   * @param job what its log can be asked for with; 0 if it has none
   * @param word the forge's own word for how it stands
   * @param required nothing is merged without it
   */
  public record Check(
      String name, Result result, String word, String url, long job, boolean required) {
    public Check {
      name = Texts.oneLine(name, NAME_MAX);
      word = Texts.oneLine(word, NAME_MAX);
      url = Texts.oneLine(url, NAME_MAX);
    }
  }

  /** How a check stands. */
  public enum Result {
    PENDING,
    PASSED,
    /** It does not speak against merging: skipped, or neutral. */
    SKIPPED,
    FAILED,
    /** Somebody or something stopped it: it says nothing. */
    CANCELLED
  }
}
