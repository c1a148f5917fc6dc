package io.hyperloop.testing.github;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What GitHub knows of one pull request. Guarded by the {@link Forge}. */
final class Pull {
  final int number;
  final String branch;
  final String base;
  final Account author;
  final Set<String> labels = new LinkedHashSet<>();
  final List<Said> comments = new ArrayList<>();
  final List<Said> reviews = new ArrayList<>();
  final List<Said> remarks = new ArrayList<>();
  String title;
  String body;
  String head;
  boolean draft;
  boolean open = true;
  @Nullable String mergeCommit;
  @Nullable Handover handover;

  Pull(int number, String branch, String base, String head, Account author) {
    this.number = number;
    this.branch = branch;
    this.base = base;
    this.head = head;
    this.author = author;
    this.title = "";
    this.body = "";
  }

  String nodeId() {
    return "PR_kwDO" + number;
  }

  int said() {
    return comments.size() + reviews.size() + remarks.size();
  }

  boolean merged() {
    return mergeCommit != null;
  }

  /**
   * A comment, review, or remark about a line.
   *
   * @param state of a review, as GitHub writes it; empty for others
   * @param path of a remark
   */
  record Said(
      long id,
      Account author,
      String body,
      String state,
      String commit,
      String path,
      int line,
      boolean resolved) {}

  /** What GitHub was told to do when it may. */
  record Handover(boolean queue, String method, @Nullable String title, @Nullable String message) {}
}
