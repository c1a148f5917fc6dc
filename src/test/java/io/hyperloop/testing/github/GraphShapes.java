package io.hyperloop.testing.github;

import static io.hyperloop.testing.github.Answer.object;

import io.hyperloop.testing.github.Pull.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How GraphQL writes things: maps by the names of the schema, what is dear to know as suppliers.
 */
final class GraphShapes {
  private final Forge forge;

  GraphShapes(Forge forge) {
    this.forge = forge;
  }

  private String page() {
    return "https://github.com/" + forge.owner + "/" + forge.name;
  }

  Map<String, Object> actor(Account account) {
    return object(
        "__typename",
        "User",
        "id",
        "U_" + account.id(),
        "login",
        account.login(),
        "url",
        "https://github.com/" + account.login());
  }

  Map<String, Object> pull(Pull pull) {
    Supplier<String> state = () -> new Landing(forge).look(pull);
    return object(
        "__typename",
        "PullRequest",
        "id",
        pull.nodeId(),
        "number",
        pull.number,
        "url",
        page() + "/pull/" + pull.number,
        "title",
        pull.title,
        "body",
        pull.body,
        "state",
        pull.merged() ? "MERGED" : pull.open ? "OPEN" : "CLOSED",
        "closed",
        !pull.open,
        "merged",
        pull.merged(),
        "isDraft",
        pull.draft,
        "author",
        actor(pull.author),
        "authorAssociation",
        pull.author.association(),
        "updatedAt",
        "2026-11-20T10:%02d:00Z".formatted(pull.said() % 60),
        "totalCommentsCount",
        pull.comments.size() + pull.remarks.size(),
        "headRefName",
        pull.branch,
        "headRefOid",
        pull.head,
        "baseRefName",
        pull.base,
        "baseRefOid",
        forge.head(pull.base).orElse(pull.head),
        "mergeable",
        (Supplier<String>) () -> mergeable(state.get()),
        "mergeStateStatus",
        (Supplier<String>) () -> status(new Landing(forge), pull),
        "mergeCommit",
        pull.mergeCommit == null ? null : commit(pull.mergeCommit, pull),
        "isInMergeQueue",
        pull.handover != null && pull.handover.queue(),
        "isMergeQueueEnabled",
        forge.rules.queue(),
        "mergeQueueEntry",
        pull.handover != null && pull.handover.queue() ? queueEntry(pull) : null,
        "autoMergeRequest",
        autoMerge(pull),
        "labels",
        pull.labels.stream().map(GraphShapes::label).toList(),
        "reviews",
        pull.reviews.stream().map(this::review).toList(),
        "comments",
        pull.comments.stream().map(said -> comment(pull, said)).toList(),
        "reviewThreads",
        pull.remarks.stream().map(this::thread).toList(),
        "commits",
        List.of(
            object(
                "__typename",
                "PullRequestCommit",
                "id",
                "PRC_" + pull.head,
                "commit",
                commit(pull.head, pull))),
        "statusCheckRollup",
        rollup(pull));
  }

  private static String mergeable(String state) {
    return switch (state) {
      case "unknown" -> "UNKNOWN";
      case "dirty" -> "CONFLICTING";
      default -> "MERGEABLE";
    };
  }

  private static String status(Landing landing, Pull pull) {
    return pull.open ? landing.lastLook(pull).toUpperCase(Locale.ROOT) : "UNKNOWN";
  }

  private @Nullable Object autoMerge(Pull pull) {
    return pull.handover == null || pull.handover.queue()
        ? null
        : object(
            "__typename",
            "AutoMergeRequest",
            "mergeMethod",
            pull.handover.method().toUpperCase(Locale.ROOT),
            "enabledAt",
            RestShapes.WHEN);
  }

  Map<String, Object> queueEntry(Pull pull) {
    return object(
        "__typename",
        "MergeQueueEntry",
        "id",
        "MQE_" + pull.number,
        "position",
        1,
        "state",
        "QUEUED",
        "enqueuedAt",
        RestShapes.WHEN);
  }

  private static Map<String, Object> label(String name) {
    return object("__typename", "Label", "id", "LA_" + name.hashCode(), "name", name);
  }

  private Map<String, Object> review(Said said) {
    return object(
        "__typename", "PullRequestReview",
        "id", "PRR_" + said.id(),
        "fullDatabaseId", said.id(),
        "author", actor(said.author()),
        "authorAssociation", said.author().association(),
        "state", said.state(),
        "body", said.body(),
        "submittedAt", RestShapes.WHEN,
        "createdAt", RestShapes.WHEN,
        "url", page() + "#pullrequestreview-" + said.id(),
        "commit", object("__typename", "Commit", "id", "C_" + said.commit(), "oid", said.commit()));
  }

  private Map<String, Object> comment(Pull pull, Said said) {
    return object(
        "__typename",
        "IssueComment",
        "id",
        "IC_" + said.id(),
        "fullDatabaseId",
        said.id(),
        "author",
        actor(said.author()),
        "authorAssociation",
        said.author().association(),
        "body",
        said.body(),
        "isMinimized",
        false,
        "createdAt",
        RestShapes.WHEN,
        "url",
        page() + "/pull/" + pull.number + "#issuecomment-" + said.id());
  }

  private Map<String, Object> thread(Said said) {
    Map<String, Object> remark =
        object(
            "__typename", "PullRequestReviewComment",
            "id", "PRRC_" + said.id(),
            "author", actor(said.author()),
            "authorAssociation", said.author().association(),
            "body", said.body(),
            "path", said.path(),
            "line", said.line(),
            "createdAt", RestShapes.WHEN);
    return object(
        "__typename", "PullRequestReviewThread",
        "id", "PRRT_" + said.id(),
        "isResolved", said.resolved(),
        "isOutdated", false,
        "path", said.path(),
        "line", said.line(),
        "comments", List.of(remark));
  }

  private Map<String, Object> commit(String oid, Pull pull) {
    return object(
        "__typename", "Commit", "id", "C_" + oid, "oid", oid, "statusCheckRollup", rollup(pull));
  }

  private @Nullable Object rollup(Pull pull) {
    List<Check> checks = forge.ci.of(pull.head);
    if (checks.isEmpty()) {
      return null;
    }
    var contexts = new ArrayList<Map<String, Object>>();
    checks.forEach(check -> contexts.add(check.status() ? status(check) : checkRun(check)));
    return object(
        "__typename",
        "StatusCheckRollup",
        "id",
        "SCR_" + pull.head,
        "state",
        checks.stream().anyMatch(Check::failed)
            ? "FAILURE"
            : checks.stream().allMatch(Check::passed) ? "SUCCESS" : "PENDING",
        "contexts",
        contexts);
  }

  private Function<Map<String, Object>, Boolean> required(Check check) {
    return arguments -> {
      if (arguments.isEmpty()) {
        throw new Refusal(422, "pullRequestId or pullRequestNumber is required");
      }
      return forge.rules.checks().contains(check.name());
    };
  }

  private Map<String, Object> checkRun(Check check) {
    return object(
        "__typename",
        "CheckRun",
        "id",
        "CR_" + check.id(),
        "databaseId",
        check.id(),
        "name",
        check.name(),
        "status",
        check.done() ? "COMPLETED" : "QUEUED",
        "conclusion",
        check.done() ? check.conclusion().toUpperCase(Locale.ROOT) : null,
        "detailsUrl",
        page() + "/actions/runs/1/job/" + check.id(),
        "url",
        page() + "/runs/" + check.id(),
        "isRequired",
        required(check));
  }

  private Map<String, Object> status(Check check) {
    return object(
        "__typename",
        "StatusContext",
        "id",
        "SC_" + check.id(),
        "context",
        check.name(),
        "state",
        check.done() ? check.conclusion().toUpperCase(Locale.ROOT) : "PENDING",
        "targetUrl",
        page() + "/statuses/" + check.id(),
        "isRequired",
        required(check));
  }
}
