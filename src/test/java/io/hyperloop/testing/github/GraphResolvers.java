package io.hyperloop.testing.github;

import static io.hyperloop.testing.github.Answer.object;

import io.hyperloop.testing.github.Pull.Handover;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a query begins. */
final class GraphResolvers {
  private final Forge forge;
  private final Account account;
  private final GraphShapes shapes;

  GraphResolvers(Forge forge, Account account) {
    this.forge = forge;
    this.account = account;
    this.shapes = new GraphShapes(forge);
  }

  @Nullable Object field(String name, Map<String, Object> arguments) {
    return switch (name) {
      case "viewer" -> shapes.actor(account);
      case "rateLimit" ->
          object(
              "__typename", "RateLimit",
              "cost", 1,
              "limit", 5000,
              "remaining", 4999,
              "used", 1,
              "nodeCount", 1,
              "resetAt", "2100-01-01T00:00:00Z");
      case "repository" -> repository(arguments);
      case "node" -> node(String.valueOf(arguments.get("id")));
      case "nodes" -> nodes(arguments);
      default -> mutation(name, arguments);
    };
  }

  private List<@Nullable Object> nodes(Map<String, Object> arguments) {
    var nodes = new ArrayList<@Nullable Object>();
    if (arguments.get("ids") instanceof List<?> ids) {
      ids.forEach(id -> nodes.add(node(String.valueOf(id))));
    }
    return nodes;
  }

  private @Nullable Object node(String id) {
    return forge.pulls.values().stream()
        .filter(pull -> pull.nodeId().equals(id))
        .findFirst()
        .map(shapes::pull)
        .orElse(null);
  }

  private Map<String, Object> repository(Map<String, Object> arguments) {
    boolean ours =
        forge.owner.equalsIgnoreCase(String.valueOf(arguments.get("owner")))
            && forge.name.equalsIgnoreCase(String.valueOf(arguments.get("name")));
    if (!ours || (forge.isPrivate && !account.scopes().contains("repo"))) {
      throw new Refusal(
          404,
          "Could not resolve to a Repository with the name '"
              + arguments.get("owner")
              + "/"
              + arguments.get("name")
              + "'.");
    }
    Function<Map<String, Object>, Object> one =
        asked -> {
          Pull pull = forge.pulls.get((Integer) asked.get("number"));
          if (pull == null) {
            throw new Refusal(
                404,
                "Could not resolve to a PullRequest with the number of "
                    + asked.get("number")
                    + ".");
          }
          return shapes.pull(pull);
        };
    return object(
        "__typename",
        "Repository",
        "id",
        "R_4711",
        "name",
        forge.name,
        "nameWithOwner",
        forge.owner + "/" + forge.name,
        "isArchived",
        forge.archived,
        "isPrivate",
        forge.isPrivate,
        "autoMergeAllowed",
        forge.autoMergeAllowed,
        "viewerPermission",
        account.push() ? "WRITE" : "READ",
        "pullRequest",
        one);
  }

  private Object mutation(String name, Map<String, Object> arguments) {
    if (!(arguments.get("input") instanceof Map<?, ?> input)) {
      throw new IllegalStateException("the double cannot " + name);
    }
    Pull pull =
        forge.pulls.values().stream()
            .filter(one -> one.nodeId().equals(input.get("pullRequestId")))
            .findFirst()
            .orElseThrow(() ->
                new Refusal(
                    404,
                    "Could not resolve to a node with the global id of '"
                        + input.get("pullRequestId")
                        + "'."));
    if (!account.scopes().contains("repo") || !account.push()) {
      throw new Refusal(
          403,
          account.login() + " does not have the correct permissions to execute `" + name + "`");
    }
    switch (name) {
      case "markPullRequestReadyForReview" -> pull.draft = false;
      case "convertPullRequestToDraft" -> pull.draft = true;
      case "enablePullRequestAutoMerge" -> autoMerge(pull, input);
      case "enqueuePullRequest" -> enqueue(pull, input);
      default -> throw new IllegalStateException("the double cannot " + name);
    }
    Map<String, Object> payload = object("clientMutationId", input.get("clientMutationId"));
    if (name.equals("enqueuePullRequest")) {
      payload.put("mergeQueueEntry", shapes.queueEntry(pull));
    } else {
      payload.put("pullRequest", shapes.pull(pull));
    }
    return payload;
  }

  private void autoMerge(Pull pull, Map<?, ?> input) {
    expect(pull, input);
    if (!forge.autoMergeAllowed) {
      throw new Refusal(422, "Pull request Auto merge is not allowed for this repository");
    }
    String state = new Landing(forge).state(pull);
    if (!pull.open || state.equals("draft")) {
      throw new Refusal(422, "Pull request is in " + state + " status");
    }
    if (state.equals("clean") || state.equals("dirty") || state.equals("unstable")) {
      throw new Refusal(422, "Pull request Pull request is in " + state + " status");
    }
    pull.handover = handover(false, input);
  }

  private void enqueue(Pull pull, Map<?, ?> input) {
    expect(pull, input);
    if (!forge.rules.queue()) {
      throw new Refusal(422, "The merge queue is not enabled for this branch");
    }
    if (pull.handover != null) {
      throw new Refusal(422, "Pull request is already in the queue");
    }
    String state = new Landing(forge).state(pull);
    if (!pull.open || state.equals("dirty") || state.equals("draft")) {
      throw new Refusal(422, "The pull request is not mergeable");
    }
    pull.handover = handover(true, input);
  }

  private static void expect(Pull pull, Map<?, ?> input) {
    Object expected = input.get("expectedHeadOid");
    if (expected != null && !expected.equals(pull.head)) {
      throw new Refusal(422, "Expected head oid does not match the pull request's head oid");
    }
  }

  private static Handover handover(boolean queue, Map<?, ?> input) {
    Object method = input.get("mergeMethod");
    return new Handover(
        queue,
        method == null ? "merge" : method.toString().toLowerCase(Locale.ROOT),
        input.get("commitHeadline") instanceof String title ? title : null,
        input.get("commitBody") instanceof String body ? body : null);
  }
}
