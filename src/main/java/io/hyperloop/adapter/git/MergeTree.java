package io.hyperloop.adapter.git;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/** Merges without a work tree. hyperloop's state is never merged: the base branch's is kept. */
final class MergeTree {
  private static final String STATE = ".hyperloop/state";

  private final ObjectDatabase objects;
  private final Trees trees;

  MergeTree(ObjectDatabase objects) {
    this.objects = objects;
    this.trees = new Trees(objects);
  }

  /**
   * What came of it.
   *
   * @param files those that contradict each other; then the tree is of no use
   */
  record Result(ObjectId tree, List<String> files) {}

  /** Merges a head into a tip. */
  Result merge(RevCommit tip, RevCommit head) {
    Git.Result merged =
        objects
            .git()
            .attempt(
                "merge-tree",
                "--write-tree",
                "--no-messages",
                "--name-only",
                "-z",
                tip.name(),
                head.name());
    if (merged.exit() != 0 && merged.exit() != 1) {
      var unused = objects.git().succeed(merged);
    }
    List<String> fields = merged.fields();
    var files = new ArrayList<String>();
    if (merged.exit() == 1) {
      fields.stream()
          .skip(1)
          .filter(file -> !file.isEmpty() && !file.startsWith(STATE + "/"))
          .forEach(files::add);
    }
    ObjectId tree = ObjectId.fromString(fields.getFirst());
    return new Result(trees.graft(tree, tip.getTree(), List.of(STATE)), files);
  }

  /**
   * Applies the difference of two trees to a commit. Git 2.39 cannot be told what to take as the
   * common ancestor, so two commits are made that have it.
   */
  Result apply(ObjectId from, ObjectId to, RevCommit onto) {
    var who =
        new PersonIdent(
            "hyperloop", "hyperloop@localhost", Instant.EPOCH, java.time.ZoneOffset.UTC);
    ObjectId ancestor = objects.commit(from, List.of(), who, who, "from\n");
    ObjectId ours = objects.commit(onto.getTree(), List.of(ancestor), who, who, "onto\n");
    ObjectId theirs = objects.commit(to, List.of(ancestor), who, who, "to\n");
    return merge(objects.commit(ours), objects.commit(theirs));
  }
}
