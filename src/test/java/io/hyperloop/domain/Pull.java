package io.hyperloop.domain;

import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A pull request that people and machines do things to. */
final class Pull {
  final int number;
  PullRequestSight.State state = PullRequestSight.State.OPEN;
  boolean draft = true;
  String head;
  @Nullable String mergeCommit;
  final Set<String> labels = new TreeSet<>();
  final List<PullRequestSight.Review> reviews = new ArrayList<>();
  final List<Comment> comments = new ArrayList<>();
  final List<Check> checks = new ArrayList<>();
  Mergeable mergeable = Mergeable.YES;
  private int ids;

  Pull(int number, String head) {
    this.number = number;
    this.head = head;
  }

  String url() {
    return "https://git.example/o/r/pull/" + number;
  }

  Pull label(String label) {
    labels.add(label);
    return this;
  }

  Pull review(String author, Opinion opinion, String body) {
    return review(author, Association.MEMBER, opinion, body, head);
  }

  Pull review(String author, Association who, Opinion opinion, String body, String of) {
    ids++;
    reviews.add(
        new PullRequestSight.Review("PRR_" + ids, author, who, opinion, body, of, Instant.EPOCH));
    return this;
  }

  Pull comment(String author, Association who, String body, boolean ours) {
    ids++;
    comments.add(new Comment("IC_" + ids, author, who, body, ours, "", false, Instant.EPOCH));
    return this;
  }

  Pull check(String name, Result result) {
    checks.removeIf(check -> check.name().equals(name));
    checks.add(new Check(name, result, "", "https://ci.example/" + name, 7, false));
    return this;
  }

  /** A check without which nothing is merged. */
  Pull required(String name, Result result) {
    checks.add(new Check(name, result, "", "https://ci.example/" + name, 7, true));
    return this;
  }

  /** As after a push: what was said of the old head by machines is gone. */
  Pull pushed(String next) {
    head = next;
    checks.clear();
    return this;
  }

  PullRequestSight seen() {
    return new PullRequestSight(
        number,
        url(),
        state,
        draft,
        head,
        mergeCommit,
        mergeable,
        false,
        labels,
        reviews,
        comments,
        checks,
        Set.of());
  }
}
