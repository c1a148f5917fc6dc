package io.hyperloop.port;

import io.hyperloop.domain.PullRequestSight.Comment;
import io.hyperloop.domain.PullRequestSight.Review;
import io.hyperloop.domain.PullRequestSight.State;
import io.hyperloop.port.PullRequests.Merge;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One pull request in memory. */
final class FakePull {
  final int number;
  final String branch;
  final String base;
  final Set<String> labels = new TreeSet<>();
  final List<Comment> comments = new ArrayList<>();
  final List<Review> reviews = new ArrayList<>();
  String title = "";
  String body = "";
  String head;
  State state = State.OPEN;
  boolean draft;
  @Nullable String mergeCommit;

  /** What is to be merged when it may be. */
  @Nullable Merge handover;

  FakePull(int number, String branch, String base, String head) {
    this.number = number;
    this.branch = branch;
    this.base = base;
    this.head = head;
  }

  void merged(String commit) {
    mergeCommit = commit;
    state = State.MERGED;
    handover = null;
  }
}
