package io.hyperloop.sim;

import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.PullRequestSight.Association;
import io.hyperloop.domain.PullRequestSight.Check;
import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Mergeable;
import io.hyperloop.domain.PullRequestSight.Opinion;
import io.hyperloop.domain.PullRequestSight.Result;
import io.hyperloop.domain.PullRequestSight.Review;
import io.hyperloop.domain.PullRequestSight.State;
import io.hyperloop.domain.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One pull request, and who did what to it at which head. */
final class SimPull {
  private final TaskId task;
  private final int number;
  private final String branch;
  private String head = "";
  private State state = State.OPEN;
  private boolean draft = true;
  private @Nullable String mergeCommit;
  private final Set<String> labels = new TreeSet<>();

  /** Heads at which the label was put, or which only got the base since. */
  private final Set<String> labelled = new HashSet<>();

  private final Set<String> approved = new HashSet<>();
  private final List<Review> reviews = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private final Map<String, Result> checks = new HashMap<>();
  private final Set<String> pushedFiles = new TreeSet<>();
  private int ids;

  SimPull(TaskId task, int number, String branch) {
    this.task = task;
    this.number = number;
    this.branch = branch;
  }

  TaskId task() {
    return task;
  }

  int number() {
    return number;
  }

  String branch() {
    return branch;
  }

  String url() {
    return "https://hub.example/o/r/pull/" + number;
  }

  String head() {
    return head;
  }

  State state() {
    return state;
  }

  String mergeCommit() {
    return Objects.requireNonNull(mergeCommit);
  }

  Set<String> labels() {
    return Set.copyOf(labels);
  }

  /** Files that people pushed, which must not get lost. */
  Set<String> pushedFiles() {
    return Set.copyOf(pushedFiles);
  }

  /** Its branch stands there; tells whether that is new. */
  boolean stand(String next) {
    boolean moved = !next.equals(head);
    head = next;
    return moved;
  }

  void label(String label) {
    if (labels.add(label)) {
      labelled.add(head);
    }
  }

  void unlabel(String label) {
    labels.remove(label);
  }

  /** The same work on a newer base: what people said of it still holds. */
  void carry(String from, String to) {
    if (labelled.contains(from)) {
      labelled.add(to);
    }
    if (approved.contains(from)) {
      approved.add(to);
    }
    if (checks.containsKey(from)) {
      checks.remove(to);
    }
  }

  boolean wasLabelledAt(String at) {
    return labelled.contains(at);
  }

  boolean wasApprovedAt(String at) {
    return approved.contains(at);
  }

  boolean passedAt(String at) {
    return checks.get(at) == Result.PASSED;
  }

  void checked(String at, Result result) {
    checks.put(at, result);
  }

  void ready(boolean so) {
    draft &= !so;
  }

  void told(String key) {
    comments.add(new Comment(key, "us", Association.OWNER, "told", true, "", false, Instant.EPOCH));
  }

  void comment(String text) {
    ids++;
    String id = "IC_" + number + "_" + ids;
    comments.add(new Comment(id, "bob", Association.MEMBER, text, false, "", false, Instant.EPOCH));
  }

  void review(String author, Opinion opinion, String body) {
    ids++;
    String id = "PRR_" + number + "_" + ids;
    reviews.add(new Review(id, author, Association.MEMBER, opinion, body, head, Instant.EPOCH));
    if (opinion == Opinion.APPROVED) {
      approved.add(head);
    }
  }

  void pushed(String file) {
    pushedFiles.add(file);
  }

  void close() {
    state = state == State.OPEN ? State.CLOSED : state;
  }

  void merged(String commit) {
    state = State.MERGED;
    mergeCommit = commit;
  }

  PullRequestSight sight() {
    Result result = checks.getOrDefault(head, Result.PENDING);
    var check = new Check(SimHub.CHECK, result, "", "https://ci.example", number, false);
    return new PullRequestSight(
        number,
        url(),
        state,
        draft,
        head,
        mergeCommit,
        Mergeable.YES,
        false,
        labels,
        reviews,
        comments,
        List.of(check),
        Set.of());
  }
}
