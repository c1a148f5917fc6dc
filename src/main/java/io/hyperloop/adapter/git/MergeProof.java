package io.hyperloop.adapter.git;

import io.hyperloop.domain.TaskId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.FooterKey;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Whether a task's head is on the base branch: a commit there, on the line of first parents, says
 * so in its trailers, or the head itself is an ancestor. Trailers are the last paragraph only,
 * which no agent writes.
 */
final class MergeProof {
  /** How far back a proof is looked for where the head, and so its fork, is gone. */
  private static final int COMMITS_MAX = 20_000;

  private static final FooterKey TASK = new FooterKey(Message.TASK_REF);
  private static final FooterKey HEAD = new FooterKey(Message.TASK_HEAD);

  private final ObjectDatabase objects;

  MergeProof(ObjectDatabase objects) {
    this.objects = objects;
  }

  /** The commit of the base branch that proves it. */
  Optional<ObjectId> find(TaskId task, String head, RevCommit tip) {
    Optional<RevCommit> commit = objects.find(head);
    Optional<ObjectId> said = objects.reading(() -> search(task, head, tip, commit));
    return said.or(() -> commit.filter(c -> objects.descends(tip, c)).map(c -> tip));
  }

  private Optional<ObjectId> search(
      TaskId task, String head, RevCommit tip, Optional<RevCommit> until) throws IOException {
    try (var walk = new RevWalk(objects.jgit())) {
      walk.setFirstParent(true);
      walk.markStart(walk.parseCommit(tip));
      if (until.isPresent()) {
        walk.markUninteresting(walk.parseCommit(until.get()));
      }
      RevCommit at = walk.next();
      for (int i = 0; i < COMMITS_MAX && at != null; i++) {
        if (says(at, task, head)) {
          return Optional.of(at.copy());
        }
        at.disposeBody();
        at = walk.next();
      }
      return Optional.empty();
    }
  }

  private static boolean says(RevCommit commit, TaskId task, String head) {
    return commit.getFooterLines(HEAD).equals(List.of(head))
        && commit.getFooterLines(TASK).equals(List.of(task.toString()));
  }
}
