package io.hyperloop.testing.github;

import static io.hyperloop.testing.github.Answer.object;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** GitHub's REST interface, for one repository. */
final class Rest {
  private final Forge forge;

  Rest(Forge forge) {
    this.forge = forge;
  }

  /** Does what was asked, or throws why not. */
  Answer answer(Call call) {
    RestShapes shapes = new RestShapes(forge, call.root());
    switch (call.key()) {
      case "GET /rate_limit" -> {
        return Answer.ok(rateLimit());
      }
      case "GET /user" -> {
        return Answer.ok(shapes.user(call.who()));
      }
      default -> {
        // The rest is about the repository.
      }
    }
    if (!call.route().startsWith("/repos/{owner}/{repo}") || !about(call)) {
      throw new Refusal(404, "Not Found");
    }
    boolean scope = call.who().scopes().contains("repo");
    if (forge.isPrivate && !scope) {
      throw new Refusal(404, "Not Found");
    }
    boolean writes = !call.method().equals("GET");
    if (writes && !(scope && call.who().push())) {
      throw new Refusal(403, "Resource not accessible by personal access token");
    }
    if (writes && forge.archived) {
      throw new Refusal(403, "Repository was archived so is read-only.");
    }
    return repository(call, shapes);
  }

  private boolean about(Call call) {
    return call.place("owner").equalsIgnoreCase(forge.owner)
        && call.place("repo").equalsIgnoreCase(forge.name);
  }

  private Answer repository(Call call, RestShapes shapes) {
    String below = call.key().replace("/repos/{owner}/{repo}", "");
    return switch (below) {
      case "GET " -> Answer.ok(shapes.repository(call.who()));
      case "GET /labels" ->
          Answer.page(call, forge.labels.values().stream().map(shapes::label).toList());
      case "POST /labels" -> {
        String name = call.text("name", "");
        forge.createLabel(name);
        yield Answer.of(201, shapes.label(name));
      }
      case "GET /commits/{ref}/check-runs" ->
          Answer.page(
              call,
              forge.ci.of(call.place("ref")).stream()
                  .filter(check -> !check.status())
                  .map(shapes::checkRun)
                  .toList(),
              "check_runs");
      case "GET /commits/{ref}/status" ->
          Answer.ok(
              shapes.combined(
                  call.place("ref"),
                  forge.ci.of(call.place("ref")).stream().filter(Check::status).toList()));
      case "GET /actions/jobs/{job_id}/logs" -> log(call);
      case "GET /branches/{branch}" -> {
        String branch = call.place("branch");
        String sha = forge.git.head(branch).orElseThrow(() -> new Refusal(404, "Branch not found"));
        boolean guarded = branch.equals(forge.defaultBranch) && !forge.rules.equals(Rules.NONE);
        yield Answer.ok(
            object(
                "name", branch,
                "commit", object("sha", sha, "url", call.root() + "/commits/" + sha),
                "protected", guarded));
      }
      default ->
          below.contains("/git/ref")
              ? reference(call, shapes)
              : below.contains("/issues/")
                  ? issue(call, below, shapes)
                  : pulls(call, below, shapes);
    };
  }

  private Answer pulls(Call call, String below, RestShapes shapes) {
    switch (below) {
      case "GET /pulls" -> {
        return Answer.page(call, listed(call).stream().map(shapes::pull).toList());
      }
      case "POST /pulls" -> {
        Pull pull =
            forge.open(
                call.text("head", "").replaceFirst("^" + forge.owner + ":", ""),
                call.text("base", ""),
                call.text("title", ""),
                call.text("body", ""),
                call.body().path("draft").asBoolean(false),
                call.who());
        return Answer.of(201, shapes.whole(pull));
      }
      default -> {
        // About one of them.
      }
    }
    Pull pull = forge.pull(call.number("pull_number"));
    return switch (below) {
      case "GET /pulls/{pull_number}" -> Answer.ok(shapes.whole(pull));
      case "PATCH /pulls/{pull_number}" -> {
        edit(call, pull);
        yield Answer.ok(shapes.whole(pull));
      }
      case "PUT /pulls/{pull_number}/merge" -> {
        String commit =
            new Landing(forge)
                .merge(
                    pull,
                    call.text("sha"),
                    call.text("merge_method", "merge"),
                    call.text("commit_title"),
                    call.text("commit_message"));
        yield Answer.ok(
            object("sha", commit, "merged", true, "message", "Pull Request successfully merged"));
      }
      case "PUT /pulls/{pull_number}/update-branch" -> {
        new Landing(forge).update(pull, call.text("expected_head_sha"));
        yield Answer.of(
            202, object("message", "Updating pull request branch.", "url", call.path()));
      }
      case "GET /pulls/{pull_number}/reviews" ->
          Answer.page(call, pull.reviews.stream().map(said -> shapes.review(pull, said)).toList());
      case "GET /pulls/{pull_number}/comments" ->
          Answer.page(call, pull.remarks.stream().map(said -> shapes.remark(pull, said)).toList());
      default -> throw new Refusal(404, "Not Found");
    };
  }

  private List<Pull> listed(Call call) {
    String state = call.param("state", "open");
    String head = call.param("head", "");
    String base = call.param("base", "");
    return forge.pulls.values().stream()
        .filter(pull -> state.equals("all") || pull.open == state.equals("open"))
        .filter(pull -> head.isEmpty() || head.equals(forge.owner + ":" + pull.branch))
        .filter(pull -> base.isEmpty() || base.equals(pull.base))
        .sorted((one, other) -> other.number - one.number)
        .toList();
  }

  private void edit(Call call, Pull pull) {
    forge.edit(pull, call.text("title", pull.title), call.text("body", pull.body));
    switch (call.text("state", "")) {
      case "closed" -> pull.open = false;
      case "open" -> {
        if (pull.merged()) {
          throw Forge.invalid("state");
        }
        pull.open = true;
      }
      default -> {
        // Left as it is.
      }
    }
  }

  private Answer issue(Call call, String below, RestShapes shapes) {
    Pull pull = forge.pull(call.number("issue_number"));
    return switch (below) {
      case "POST /issues/{issue_number}/labels" -> {
        for (JsonNode label : call.body().path("labels")) {
          forge.putOn(pull, label.isString() ? label.asString() : label.path("name").asString());
        }
        yield Answer.ok(pull.labels.stream().map(shapes::label).toList());
      }
      case "DELETE /issues/{issue_number}/labels/{name}" -> {
        if (!pull.labels.removeIf(label -> label.equalsIgnoreCase(call.place("name")))) {
          throw new Refusal(404, "Label does not exist");
        }
        yield Answer.ok(pull.labels.stream().map(shapes::label).toList());
      }
      case "GET /issues/{issue_number}/comments" ->
          Answer.page(
              call, pull.comments.stream().map(said -> shapes.comment(pull, said)).toList());
      case "POST /issues/{issue_number}/comments" ->
          Answer.of(
              201, shapes.comment(pull, forge.comment(pull, call.who(), call.text("body", ""))));
      default -> throw new Refusal(404, "Not Found");
    };
  }

  private Answer reference(Call call, RestShapes shapes) {
    String ref = call.place("ref");
    String branch = ref.replaceFirst("^heads/", "");
    boolean there = ref.startsWith("heads/") && forge.git.head(branch).isPresent();
    if (!there) {
      throw call.method().equals("GET")
          ? new Refusal(404, "Not Found")
          : new Refusal(422, "Reference does not exist");
    }
    switch (call.method()) {
      case "DELETE" -> {
        forge.git.delete(branch);
        return Answer.of(204, null);
      }
      case "PATCH" -> {
        String old = forge.git.head(branch).orElseThrow();
        String sha = call.text("sha", "");
        if (!call.body().path("force").asBoolean(false) && !forge.git.contains(sha, old)) {
          throw new Refusal(422, "Update is not a fast forward");
        }
        forge.git.move(branch, sha);
      }
      default -> {
        // Only looked at.
      }
    }
    return Answer.ok(shapes.ref(branch, forge.git.head(branch).orElseThrow()));
  }

  /** The log lies elsewhere, where no token may be sent. */
  private Answer log(Call call) {
    long id = Long.parseLong(call.place("job_id"));
    if (forge.ci.byId(id).filter(check -> check.done() && !check.status()).isEmpty()) {
      throw new Refusal(404, "Not Found");
    }
    return new Answer(302, "", Map.of("Location", call.root() + "/_logs/" + id));
  }

  static Map<String, Object> rateLimit() {
    Map<String, Object> rate =
        object("limit", 5000, "used", 1, "remaining", 4999, "reset", 4_102_444_800L);
    return object("resources", object("core", rate, "search", rate, "graphql", rate), "rate", rate);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
