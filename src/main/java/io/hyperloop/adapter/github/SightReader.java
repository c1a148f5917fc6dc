package io.hyperloop.adapter.github;

import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.PullRequestSight.Review;
import io.hyperloop.domain.PullRequestSight.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** GitHub's words for pull requests, and ours. */
final class SightReader {
  private SightReader() {}

  /**
   * One of them.
   *
   * @param node as {@link SightQuery#sights} asks for it
   * @param remarks about lines
   * @param checked whether the checks could be read
   */
  static PullRequestSight sight(JsonNode node, Remarks remarks, boolean checked) {
    var incomplete = new HashSet<String>();
    more(node.path("labels"), "hasNextPage", "labels", incomplete);
    more(node.path("reviews"), "hasPreviousPage", "reviews", incomplete);
    more(node.path("comments"), "hasPreviousPage", "comments", incomplete);
    if (!checked) {
      incomplete.add("checks");
    }
    if (!remarks.complete()) {
      incomplete.add("comments");
    }
    Set<String> labels =
        nodes(node.path("labels"))
            .map(label -> label.path("name").asString(""))
            .collect(Collectors.toSet());
    List<Comment> comments =
        new ArrayList<>(nodes(node.path("comments")).map(one -> comment(one, "", false)).toList());
    comments.addAll(remarks.comments());
    comments.sort(Comparator.comparing(Comment::at));
    String head = node.path("headRefOid").asString("");
    return new PullRequestSight(
        node.path("number").asInt(0),
        node.path("url").asString(""),
        state(node.path("state").asString("")),
        node.path("isDraft").asBoolean(false),
        head,
        node.path("mergeCommit").path("oid").asStringOpt().orElse(null),
        mergeable(node),
        node.path("isInMergeQueue").asBoolean(false) || node.hasNonNull("autoMergeRequest"),
        labels,
        nodes(node.path("reviews"))
            .filter(SightReader::submitted)
            .map(SightReader::review)
            .toList(),
        comments,
        checks(node.path("commits"), head, incomplete),
        incomplete);
  }

  /** What was said about lines. */
  record Remarks(List<Comment> comments, boolean complete) {
    static final Remarks NONE = new Remarks(List.of(), true);
  }

  /**
   * Those of one pull request.
   *
   * @param node as {@link SightQuery#discussions} asks for it
   */
  static Remarks remarks(JsonNode node) {
    JsonNode threads = node.path("reviewThreads");
    var incomplete = new HashSet<String>();
    more(threads, "hasPreviousPage", "comments", incomplete);
    var comments = new ArrayList<Comment>();
    nodes(threads)
        .forEach(thread -> {
          int line = thread.path("line").asInt(0);
          String place = thread.path("path").asString("") + (line > 0 ? ":" + line : "");
          boolean settled = thread.path("isResolved").asBoolean(false);
          more(thread.path("comments"), "hasNextPage", "comments", incomplete);
          nodes(thread.path("comments")).forEach(one -> comments.add(comment(one, place, settled)));
        });
    return new Remarks(comments, incomplete.isEmpty());
  }

  private static java.util.stream.Stream<JsonNode> nodes(JsonNode connection) {
    return connection.path("nodes").valueStream().filter(JsonNode::isObject);
  }

  private static void more(JsonNode connection, String flag, String what, Set<String> incomplete) {
    if (connection.path("pageInfo").path(flag).asBoolean(false)) {
      incomplete.add(what);
    }
  }

  private static State state(String word) {
    return switch (word) {
      case "MERGED" -> State.MERGED;
      case "CLOSED" -> State.CLOSED;
      default -> State.OPEN;
    };
  }

  private static Mergeable mergeable(JsonNode node) {
    String mergeable = node.path("mergeable").asString("");
    String status = node.path("mergeStateStatus").asString("");
    if (mergeable.equals("CONFLICTING") || status.equals("DIRTY")) {
      return Mergeable.CONFLICT;
    }
    if (!mergeable.equals("MERGEABLE")) {
      return Mergeable.UNKNOWN;
    }
    return switch (status) {
      case "CLEAN", "HAS_HOOKS" -> Mergeable.YES;
      case "UNSTABLE" -> Mergeable.UNSTABLE;
      case "BEHIND" -> Mergeable.BEHIND;
      case "BLOCKED", "DRAFT" -> Mergeable.BLOCKED;
      default -> Mergeable.UNKNOWN;
    };
  }

  /** One that somebody is still writing is nobody else's business. */
  private static boolean submitted(JsonNode review) {
    return !review.path("state").asString("").equals("PENDING");
  }

  private static Review review(JsonNode node) {
    return new Review(
        node.path("id").asString(""),
        node.path("author").path("login").asString(""),
        association(node),
        switch (node.path("state").asString("")) {
          case "APPROVED" -> Opinion.APPROVED;
          case "CHANGES_REQUESTED" -> Opinion.CHANGES_REQUESTED;
          case "DISMISSED" -> Opinion.DISMISSED;
          default -> Opinion.COMMENTED;
        },
        node.path("body").asString(""),
        node.path("commit").path("oid").asString(""),
        instant(node.path("submittedAt").asString(node.path("createdAt").asString(""))));
  }

  private static Comment comment(JsonNode node, String place, boolean settled) {
    String body = node.path("body").asString("");
    return new Comment(
        node.path("id").asString(""),
        node.path("author").path("login").asString(""),
        association(node),
        body,
        Marker.ours(body),
        place,
        settled,
        instant(node.path("createdAt").asString("")));
  }

  private static Association association(JsonNode node) {
    return switch (node.path("authorAssociation").asString("")) {
      case "OWNER" -> Association.OWNER;
      case "MEMBER" -> Association.MEMBER;
      case "COLLABORATOR" -> Association.COLLABORATOR;
      default -> Association.OTHER;
    };
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  /** Those of another head are none: GitHub may be a moment behind itself. */
  private static List<Check> checks(JsonNode commits, String head, Set<String> incomplete) {
    JsonNode commit = commits.path("nodes").path(0).path("commit");
    if (!commit.path("oid").asString("").equals(head)) {
      return List.of();
    }
    JsonNode contexts = commit.path("statusCheckRollup").path("contexts");
    more(contexts, "hasNextPage", "checks", incomplete);
    return nodes(contexts).map(SightReader::check).toList();
  }

  private static Check check(JsonNode node) {
    boolean required = node.path("isRequired").asBoolean(false);
    if (node.path("__typename").asString("").equals("StatusContext")) {
      String state = node.path("state").asString("");
      return new Check(
          node.path("context").asString(""),
          result(state),
          word(state),
          node.path("targetUrl").asString(""),
          0,
          required);
    }
    boolean done = node.path("status").asString("").equals("COMPLETED");
    String word = node.path(done ? "conclusion" : "status").asString("");
    return new Check(
        node.path("name").asString(""),
        done ? result(word) : Result.PENDING,
        word(word),
        node.path("detailsUrl").asString(""),
        node.path("databaseId").asLong(0),
        required);
  }

  private static String word(String enumName) {
    return enumName.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static Result result(String word) {
    return switch (word) {
      case "SUCCESS" -> Result.PASSED;
      case "NEUTRAL", "SKIPPED" -> Result.SKIPPED;
      case "CANCELLED", "STALE" -> Result.CANCELLED;
      case "PENDING", "EXPECTED" -> Result.PENDING;
      default -> Result.FAILED;
    };
  }
}
