package io.hyperloop.adapter.github;

import io.hyperloop.domain.Action.Via;
import io.hyperloop.port.PullRequests.Merge;
import io.hyperloop.port.PullRequests.MergeAnswer;
import io.hyperloop.port.PullRequests.Update;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Merges pull requests at the head that was verified, or has GitHub do so when it may. */
final class Merging {
  private static final JsonMapper JSON = new JsonMapper();

  private final Wire wire;
  private final GraphQl graphQl;
  private final Refusals refusals;
  private final String root;

  /**
   * @param root where the repository's pull requests are, such as {@code /repos/o/r/pulls/}
   */
  Merging(Wire wire, GraphQl graphQl, Refusals refusals, String root) {
    this.wire = wire;
    this.graphQl = graphQl;
    this.refusals = refusals;
    this.root = root;
  }

  MergeAnswer merge(Merge order) {
    JsonNode now = look(order.number());
    MergeAnswer settled = settled(now, order);
    if (settled != null) {
      return settled;
    }
    if (order.via() == Via.QUEUE) {
      return enqueue(now, order);
    }
    MergeAnswer hindered = hindered(now);
    if (order.via() == Via.AUTO_MERGE
        && (hindered instanceof MergeAnswer.Blocked || hindered instanceof MergeAnswer.Behind)) {
      return autoMerge(now, order, hindered);
    }
    return hindered == null ? mergeNow(order) : hindered;
  }

  private JsonNode look(int number) {
    Reply reply = wire.rest("GET", root + number, null);
    if (reply.status() == 404) {
      throw refusals.ofTask(
          "there is no pull request #" + number,
          reply,
          "look whether somebody moved the repository");
    }
    return reply.json();
  }

  /** What nobody can do anything about any more, or yet; null if all is open. */
  private static @org.jspecify.annotations.Nullable MergeAnswer settled(JsonNode now, Merge order) {
    String head = now.path("head").path("sha").asString("");
    if (now.path("merged").asBoolean(false)) {
      return new MergeAnswer.AlreadyMerged(now.path("merge_commit_sha").asString(""), head);
    }
    if (now.path("state").asString("").equals("closed")) {
      return new MergeAnswer.Closed();
    }
    if (!head.equals(order.head())) {
      return new MergeAnswer.HeadMoved(head);
    }
    if (now.path("draft").asBoolean(false)) {
      return new MergeAnswer.NotYet("it is a draft");
    }
    if (!now.path("mergeable").isBoolean()) {
      return new MergeAnswer.NotYet("GitHub is still working out whether it can be merged");
    }
    if (!now.path("mergeable").asBoolean()) {
      return new MergeAnswer.Dirty();
    }
    return null;
  }

  /** What speaks against merging at once, by the state that GitHub tells; null if nothing. */
  private static @org.jspecify.annotations.Nullable MergeAnswer hindered(JsonNode now) {
    return switch (now.path("mergeable_state").asString("unknown")) {
      case "dirty" -> new MergeAnswer.Dirty();
      case "behind" -> new MergeAnswer.Behind();
      case "blocked" -> new MergeAnswer.Blocked("a rule of the base branch is not met");
      case "unknown" ->
          new MergeAnswer.NotYet("GitHub is still working out whether it can be merged");
      default -> null;
    };
  }

  private MergeAnswer mergeNow(Merge order) {
    var wanted = new HashMap<String, Object>();
    wanted.put("sha", order.head());
    wanted.put("merge_method", order.method().name().toLowerCase(Locale.ROOT));
    wanted.put("commit_title", Fit.title(order.subject()));
    wanted.put("commit_message", Fit.body(order.body()));
    Reply reply =
        wire.rest("PUT", root + order.number() + "/merge", JSON.writeValueAsString(wanted));
    return switch (reply.status()) {
      case 200 -> new MergeAnswer.Merged(reply.json().path("sha").asString(""));
      case 405 -> refused(order, reply);
      case 409 -> moved(order);
      default ->
          throw refusals.ofTask(
              "GitHub did not merge #" + order.number(),
              reply,
              "look at the pull request and at the merge methods that the repository allows");
    };
  }

  /** Where a rule speaks against it, GitHub says which; else it is for a passing reason. */
  private MergeAnswer refused(Merge order, Reply reply) {
    JsonNode now = look(order.number());
    MergeAnswer settled = settled(now, order);
    if (settled != null) {
      return settled;
    }
    MergeAnswer hindered = hindered(now);
    String said = reply.message();
    if (said.contains("Base branch was modified")) {
      return new MergeAnswer.NotYet("the base branch moved just now");
    }
    return hindered == null || hindered instanceof MergeAnswer.Blocked
        ? new MergeAnswer.Blocked(said)
        : hindered;
  }

  private MergeAnswer moved(Merge order) {
    MergeAnswer settled = settled(look(order.number()), order);
    return settled != null ? settled : new MergeAnswer.NotYet("the branch moved just now");
  }

  private MergeAnswer autoMerge(JsonNode now, Merge order, MergeAnswer hindered) {
    if (now.hasNonNull("auto_merge")) {
      return waiting(hindered);
    }
    Map<String, Object> input =
        Map.of(
            "pullRequestId", now.path("node_id").asString(""),
            "expectedHeadOid", order.head(),
            "mergeMethod", order.method().name(),
            "commitHeadline", Fit.title(order.subject()),
            "commitBody", Fit.body(order.body()));
    GraphQl.Result result =
        graphQl.ask(
            "mutation($input: EnablePullRequestAutoMergeInput!) {"
                + " enablePullRequestAutoMerge(input: $input) { clientMutationId } }",
            Map.of("input", input));
    if (result.errors().isEmpty()) {
      return waiting(hindered);
    }
    String said = result.said();
    if (said.contains("clean status") || said.contains("unstable status")) {
      return mergeNow(order);
    }
    return said.contains("head oid") || said.contains("Head oid")
        ? moved(order)
        : new MergeAnswer.Blocked(said);
  }

  /** GitHub waits for checks and approvals by itself, but brings no branch up to date. */
  private static MergeAnswer waiting(MergeAnswer hindered) {
    return hindered instanceof MergeAnswer.Behind
        ? hindered
        : new MergeAnswer.NotYet("GitHub merges it as soon as its rules are met");
  }

  private MergeAnswer enqueue(JsonNode now, Merge order) {
    GraphQl.Result result =
        graphQl.ask(
            "mutation($input: EnqueuePullRequestInput!) {"
                + " enqueuePullRequest(input: $input) { mergeQueueEntry { position state } } }",
            Map.of(
                "input",
                Map.of(
                    "pullRequestId", now.path("node_id").asString(""),
                    "expectedHeadOid", order.head())));
    String said = result.said();
    if (said.isEmpty() || said.toLowerCase(Locale.ROOT).contains("already in the queue")) {
      return new MergeAnswer.NotYet("it is in the merge queue");
    }
    return said.toLowerCase(Locale.ROOT).contains("head oid")
        ? moved(order)
        : new MergeAnswer.Blocked(said);
  }

  Update update(int number, String expectedHead) {
    Reply reply =
        wire.rest(
            "PUT",
            root + number + "/update-branch",
            JSON.writeValueAsString(Map.of("expected_head_sha", expectedHead)));
    if (reply.ok()) {
      return Update.UPDATING;
    }
    JsonNode now = look(number);
    if (!now.path("state").asString("").equals("open")) {
      return Update.CLOSED;
    }
    if (!now.path("head").path("sha").asString("").equals(expectedHead)) {
      return Update.HEAD_MOVED;
    }
    String said = reply.message().toLowerCase(Locale.ROOT);
    if (said.contains("no new commits")) {
      return Update.CURRENT;
    }
    if (said.contains("conflict")) {
      return Update.CONFLICT;
    }
    throw refusals.ofTask(
        "GitHub did not update the branch of #" + number, reply, "look at the pull request");
  }
}
