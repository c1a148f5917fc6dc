package io.hyperloop.adapter.git;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** A branch's own commits, one after the other, on another commit. Merges are left out. */
final class Replay {
  private static final int COMMITS_MAX = 1_000;

  private final ObjectDatabase objects;
  private final MergeTree mergeTree;
  private final Identity identity;

  Replay(ObjectDatabase objects, MergeTree mergeTree, Identity identity) {
    this.objects = objects;
    this.mergeTree = mergeTree;
    this.identity = identity;
  }

  /** How it went. */
  sealed interface Result {
    /** The messages' trailers are still to be written: {@code last} is the last of the commits. */
    record Done(RevCommit onto, RevCommit last) implements Result {}

    record Conflict(List<String> files) implements Result {}

    record TooLong(int commits) implements Result {}
  }

  /**
   * Replays them.
   *
   * @return {@code Done.onto} is what the last commit stands on
   */
  Result replay(RevCommit head, RevCommit tip) {
    List<RevCommit> commits = own(head, tip);
    if (commits.size() > COMMITS_MAX) {
      return new Result.TooLong(commits.size());
    }
    RevCommit onto = tip;
    RevCommit before = tip;
    RevCommit last = tip;
    for (RevCommit commit : commits) {
      ObjectId parentTree = parentTree(commit);
      MergeTree.Result merged = mergeTree.apply(parentTree, commit.getTree(), onto);
      if (!merged.files().isEmpty()) {
        return new Result.Conflict(merged.files());
      }
      if (!merged.tree().equals(onto.getTree())) {
        before = onto;
        last = commit(commit, merged.tree(), onto);
        onto = last;
      }
    }
    return new Result.Done(before, last);
  }

  private RevCommit commit(RevCommit original, ObjectId tree, RevCommit onto) {
    PersonIdent author = original.getAuthorIdent();
    String message = Message.safe(original.getFullMessage()).strip() + "\n";
    return objects.commit(objects.commit(tree, List.of(onto), author, identity.now(), message));
  }

  private ObjectId parentTree(RevCommit commit) {
    return objects.commit(commit.getParent(0)).getTree();
  }

  private List<RevCommit> own(RevCommit head, RevCommit tip) {
    return objects.reading(() -> {
      var commits = new ArrayList<RevCommit>();
      try (var walk = new RevWalk(objects.jgit())) {
        walk.sort(RevSort.TOPO);
        walk.sort(RevSort.REVERSE, true);
        walk.markStart(walk.parseCommit(head));
        walk.markUninteresting(walk.parseCommit(tip));
        for (RevCommit commit : walk) {
          if (commit.getParentCount() == 1) {
            walk.parseBody(commit);
            commits.add(commit);
          }
        }
      }
      return commits;
    });
  }
}
