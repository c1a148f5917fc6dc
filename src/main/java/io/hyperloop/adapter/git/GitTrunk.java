package io.hyperloop.adapter.git;

import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Trunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;

/**
 * The base branch in this repository. A merge is worked out in the object database and becomes real
 * in one step, when {@link BaseBranch} moves; killed at any instant, it either happened or left
 * nothing, and the commit itself says which head it brought.
 */
public final class GitTrunk implements Trunk {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
  private static final Duration GC_PATIENCE = Duration.ofSeconds(5);
  private static final int FILES_TOLD_MAX = 100;

  private final Repository repository;
  private final BaseBranch base;
  private final MergeStrategy strategy;
  private final boolean deleteBranch;
  private final ObjectDatabase objects;
  private final Identity identity;
  private final Refs refs;
  private final MergeProof proof;
  private final MergeTree mergeTree;
  private final Replay replay;

  /**
   * A trunk.
   *
   * @param deleteBranch whether branches go once their work is on the base branch
   */
  public GitTrunk(
      Repository repository,
      BaseBranch base,
      CleanRoom room,
      MergeStrategy strategy,
      boolean deleteBranch) {
    this.repository = repository;
    this.base = base;
    this.strategy = strategy;
    this.deleteBranch = deleteBranch;
    this.objects = new ObjectDatabase(base, room);
    this.identity = room.identity();
    this.refs = new Refs(objects, room::identity, LOCK_PATIENCE);
    this.proof = new MergeProof(objects);
    this.mergeTree = new MergeTree(objects);
    this.replay = new Replay(objects, mergeTree, identity);
  }

  @Override
  public MergeEnd merge(MergeOrder order) {
    RevCommit tip = tip();
    Optional<ObjectId> already = proof.find(order.task(), order.head(), tip);
    if (already.isPresent()) {
      return new MergeEnd.Merged(already.get().name(), order.head());
    }
    Optional<RevCommit> head = objects.find(order.head());
    Optional<ObjectId> stands = refs.find(Refs.branch(order.branch()));
    if (head.isEmpty()) {
      return new MergeEnd.Failed(
          "the verified commit " + order.head() + " is no longer in the repository");
    }
    if (stands.isEmpty()) {
      return new MergeEnd.Refused(
          "the branch " + order.branch() + " was deleted; its work is still in " + order.head());
    }
    if (!stands.get().equals(head.get())) {
      return new MergeEnd.Failed(
          "the branch "
              + order.branch()
              + " moved to "
              + stands.get().name()
              + " after "
              + order.head()
              + " was verified");
    }
    GcPause pause = GcPause.of(repository);
    if (!pause.hold(GC_PATIENCE)) {
      return new MergeEnd.NotYet(pause.why());
    }
    try {
      return merge(order, tip, head.get());
    } finally {
      pause.release();
    }
  }

  private MergeEnd merge(MergeOrder order, RevCommit tip, RevCommit head) {
    if (objects.mergeBase(tip, head).isEmpty()) {
      return new MergeEnd.Failed(
          "the branch " + order.branch() + " has no history in common with " + base.name());
    }
    MergeTree.Result merged = mergeTree.merge(tip, head);
    if (!merged.files().isEmpty()) {
      return conflict(merged.files(), tip);
    }
    if (merged.tree().equals(tip.getTree())) {
      return new MergeEnd.Merged(tip.name(), order.head());
    }
    return switch (strategy) {
      case SQUASH -> advance(order, tip, commit(order, merged.tree(), List.of(tip), null));
      case MERGE -> advance(order, tip, commit(order, merged.tree(), List.of(tip, head), null));
      case REBASE -> rebase(order, tip, head, merged.tree());
    };
  }

  /**
   * The last commit gets the tree of the merge, since that is what was found to be free of
   * conflict.
   */
  private MergeEnd rebase(MergeOrder order, RevCommit tip, RevCommit head, ObjectId tree) {
    return switch (replay.replay(head, tip)) {
      case Replay.Result.Conflict conflict -> conflict(conflict.files(), tip);
      case Replay.Result.TooLong tooLong ->
          new MergeEnd.Failed(
              "the branch has " + tooLong.commits() + " commits, too many to rebase; squash them");
      case Replay.Result.Done done ->
          advance(
              order,
              tip,
              commit(
                  order, tree, List.of(done.onto()), done.last().equals(tip) ? null : done.last()));
    };
  }

  private static MergeEnd conflict(List<String> files, RevCommit tip) {
    var told = new ArrayList<>(files.subList(0, Math.min(files.size(), FILES_TOLD_MAX)));
    if (files.size() > told.size()) {
      told.add("and " + (files.size() - told.size()) + " more");
    }
    return new MergeEnd.Conflict(told, tip.name());
  }

  private MergeEnd advance(MergeOrder order, RevCommit tip, ObjectId next) {
    return switch (base.advance(tip.name(), next.name(), "merge " + order.task())) {
      case Advance.Advanced _ -> new MergeEnd.Merged(next.name(), order.head());
      case Advance.Moved _ -> new MergeEnd.Moved();
      case Advance.Held held -> new MergeEnd.NotYet(held.why());
    };
  }

  private ObjectId commit(
      MergeOrder order,
      ObjectId tree,
      List<RevCommit> parents,
      @org.jspecify.annotations.Nullable RevCommit original) {
    PersonIdent now = identity.now();
    Message message =
        original == null
            ? Message.of(order.title(), "(" + order.task() + ")").body(order.summary())
            : Message.of(original.getShortMessage(), "").body(body(original));
    return objects.commit(
        tree,
        parents,
        original == null ? now : original.getAuthorIdent(),
        now,
        message.spec(order.specRef()).task(order.task()).head(order.head()).toString());
  }

  private static String body(RevCommit commit) {
    String text = commit.getFullMessage();
    int end = text.indexOf("\n\n");
    return end < 0 ? "" : text.substring(end);
  }

  private RevCommit tip() {
    return objects.commit(ObjectId.fromString(base.tip()));
  }

  @Override
  public boolean contains(TaskId task, String head) {
    return proof.find(task, head, tip()).isPresent();
  }

  @Override
  public void cleanUp(List<MergeOrder> merged) {
    if (!deleteBranch || merged.isEmpty()) {
      return;
    }
    RevCommit tip = tip();
    List<String> inUse = checkedOut();
    for (MergeOrder order : merged) {
      String ref = Refs.branch(order.branch());
      Optional<ObjectId> stands = refs.find(ref);
      if (stands.isPresent()
          && stands.get().name().equals(order.head())
          && !inUse.contains(ref)
          && proof.find(order.task(), order.head(), tip).isPresent()) {
        // Whoever moved it in the meantime keeps it.
        boolean unused = refs.delete(ref, stands.get());
      }
    }
  }

  /** Branches that a person looks at in some work tree. */
  private List<String> checkedOut() {
    var branches = new ArrayList<String>();
    Path common = repository.commonDirectory();
    branches.add(head(common));
    Path linked = common.resolve("worktrees");
    if (Files.isDirectory(linked)) {
      try (Stream<Path> folders = Files.list(linked)) {
        folders.map(GitTrunk::head).forEach(branches::add);
      } catch (IOException e) {
        throw new PortFailure(
            Problem.environment(
                "the work trees cannot be listed: " + e, linked.toString(), "make it readable"),
            e);
      }
    }
    return branches;
  }

  private static String head(Path gitDirectory) {
    return Worktrees.read(gitDirectory.resolve("HEAD"))
        .orElse("")
        .strip()
        .replaceFirst("^ref: ", "");
  }
}
