package io.hyperloop.testing.github;

import static io.hyperloop.testing.github.Answer.object;

import io.hyperloop.testing.github.Pull.Said;
import java.util.List;
import java.util.Map;

/** How REST writes things. */
final class RestShapes {
  static final String WHEN = "2026-11-20T10:00:00Z";

  private final Forge forge;
  private final String root;

  RestShapes(Forge forge, String root) {
    this.forge = forge;
    this.root = root;
  }

  private String at() {
    return root + "/repos/" + forge.owner + "/" + forge.name;
  }

  private String page() {
    return "https://github.com/" + forge.owner + "/" + forge.name;
  }

  Map<String, Object> user(Account account) {
    return object(
        "login",
        account.login(),
        "id",
        account.id(),
        "node_id",
        "U_" + account.id(),
        "url",
        root + "/users/" + account.login(),
        "html_url",
        "https://github.com/" + account.login(),
        "type",
        "User",
        "site_admin",
        false);
  }

  Map<String, Object> repository(Account account) {
    return object(
        "id",
        4711,
        "node_id",
        "R_4711",
        "name",
        forge.name,
        "full_name",
        forge.owner + "/" + forge.name,
        "private",
        forge.isPrivate,
        "owner",
        user(new Account(7, forge.owner, "OWNER", java.util.Set.of(), true)),
        "html_url",
        page(),
        "url",
        at(),
        "default_branch",
        forge.defaultBranch,
        "archived",
        forge.archived,
        "disabled",
        false,
        "allow_squash_merge",
        true,
        "allow_merge_commit",
        true,
        "allow_rebase_merge",
        true,
        "allow_auto_merge",
        forge.autoMergeAllowed,
        "permissions",
        object(
            "admin", false,
            "maintain", false,
            "push", account.push(),
            "triage", account.push(),
            "pull", true));
  }

  Map<String, Object> label(String name) {
    return object(
        "id",
        Math.abs((long) name.hashCode()),
        "node_id",
        "LA_" + name.hashCode(),
        "url",
        at() + "/labels/" + Address.segment(name),
        "name",
        name,
        "color",
        "ededed",
        "default",
        false,
        "description",
        "");
  }

  Map<String, Object> pull(Pull pull) {
    return object(
        "url",
        at() + "/pulls/" + pull.number,
        "id",
        50_000 + pull.number,
        "node_id",
        pull.nodeId(),
        "html_url",
        page() + "/pull/" + pull.number,
        "issue_url",
        at() + "/issues/" + pull.number,
        "number",
        pull.number,
        "state",
        pull.open ? "open" : "closed",
        "locked",
        false,
        "title",
        pull.title,
        "user",
        user(pull.author),
        "body",
        pull.body.isEmpty() ? null : pull.body,
        "labels",
        pull.labels.stream().map(this::label).toList(),
        "created_at",
        WHEN,
        "updated_at",
        WHEN,
        "closed_at",
        pull.open ? null : WHEN,
        "merged_at",
        pull.merged() ? WHEN : null,
        "merge_commit_sha",
        pull.mergeCommit,
        "draft",
        pull.draft,
        "head",
        end(pull.branch, pull.head),
        "base",
        end(pull.base, forge.head(pull.base).orElse(pull.head)),
        "author_association",
        pull.author.association(),
        "auto_merge",
        null);
  }

  /** With what only the single one has. */
  Map<String, Object> whole(Pull pull) {
    Map<String, Object> whole = pull(pull);
    String state = new Landing(forge).look(pull);
    whole.put("merged", pull.merged());
    Boolean mergeable = state.equals("unknown") ? null : !state.equals("dirty");
    whole.putAll(object("mergeable", mergeable));
    whole.put("mergeable_state", state);
    whole.put("comments", pull.comments.size());
    whole.put("review_comments", pull.remarks.size());
    whole.put("maintainer_can_modify", false);
    return whole;
  }

  private Map<String, Object> end(String ref, String sha) {
    return object("label", forge.owner + ":" + ref, "ref", ref, "sha", sha);
  }

  Map<String, Object> comment(Pull pull, Said said) {
    return object(
        "id",
        said.id(),
        "node_id",
        "IC_" + said.id(),
        "url",
        at() + "/issues/comments/" + said.id(),
        "html_url",
        page() + "/pull/" + pull.number + "#issuecomment-" + said.id(),
        "body",
        said.body(),
        "user",
        user(said.author()),
        "created_at",
        WHEN,
        "updated_at",
        WHEN,
        "issue_url",
        at() + "/issues/" + pull.number,
        "author_association",
        said.author().association());
  }

  Map<String, Object> review(Pull pull, Said said) {
    return object(
        "id", said.id(),
        "node_id", "PRR_" + said.id(),
        "user", user(said.author()),
        "body", said.body(),
        "state", said.state(),
        "html_url", page() + "/pull/" + pull.number + "#pullrequestreview-" + said.id(),
        "pull_request_url", at() + "/pulls/" + pull.number,
        "submitted_at", WHEN,
        "commit_id", said.commit(),
        "author_association", said.author().association());
  }

  Map<String, Object> remark(Pull pull, Said said) {
    return object(
        "id", said.id(),
        "node_id", "PRRC_" + said.id(),
        "url", at() + "/pulls/comments/" + said.id(),
        "pull_request_url", at() + "/pulls/" + pull.number,
        "path", said.path(),
        "line", said.line(),
        "commit_id", said.commit(),
        "user", user(said.author()),
        "body", said.body(),
        "created_at", WHEN,
        "updated_at", WHEN,
        "author_association", said.author().association());
  }

  Map<String, Object> checkRun(Check check) {
    return object(
        "id",
        check.id(),
        "node_id",
        "CR_" + check.id(),
        "name",
        check.name(),
        "head_sha",
        check.head(),
        "status",
        check.done() ? "completed" : "queued",
        "conclusion",
        check.done() ? check.conclusion() : null,
        "html_url",
        page() + "/actions/runs/1/job/" + check.id(),
        "details_url",
        page() + "/actions/runs/1/job/" + check.id());
  }

  Map<String, Object> combined(String sha, List<Check> statuses) {
    String state =
        statuses.stream().anyMatch(Check::failed)
            ? "failure"
            : statuses.stream().allMatch(Check::passed) && !statuses.isEmpty()
                ? "success"
                : "pending";
    return object(
        "state",
        state,
        "sha",
        sha,
        "total_count",
        statuses.size(),
        "statuses",
        statuses.stream()
            .map(check ->
                object(
                    "id", check.id(),
                    "context", check.name(),
                    "state", check.done() ? check.conclusion() : "pending"))
            .toList());
  }

  Map<String, Object> ref(String branch, String sha) {
    return object(
        "ref", "refs/heads/" + branch,
        "node_id", "REF_" + branch,
        "url", at() + "/git/refs/heads/" + branch,
        "object", object("type", "commit", "sha", sha, "url", at() + "/git/commits/" + sha));
  }
}
