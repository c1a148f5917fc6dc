package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/**
 * The branches of a remote through which work goes to people. What they push to one is taken in and
 * never overwritten: it is told from what we pushed ourselves by a ref of ours that notes our last
 * push. Commits that a person made locally are pushed by nobody but that person.
 */
public final class RemoteBranches {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
  private static final String PUSHED = "refs/hyperloop/pushed/";
  private static final int TRIES = 5;

  private final Repository repository;
  private final BaseBranch base;
  private final CleanRoom room;
  private final String remote;
  private final ObjectDatabase objects;
  private final Refs refs;
  private final MergeTree mergeTree;

  /**
   * Of that remote.
   *
   * @param base as fetched from it
   */
  public RemoteBranches(Repository repository, BaseBranch base, CleanRoom room, String remote) {
    this.repository = repository;
    this.base = base;
    this.room = room;
    this.remote = remote;
    this.objects = new ObjectDatabase(base, room);
    this.refs = new Refs(objects, room::identity, LOCK_PATIENCE);
    this.mergeTree = new MergeTree(objects);
  }

  /** Where the branch stands after work and people's commits were brought together. */
  public sealed interface Stand {
    /** At the remote and here. */
    record At(String head) implements Stand {}

    /** The work is on the base branch already, or is none: there is nothing to show. */
    record Nothing(String head) implements Stand {}

    /** People's commits contradict the work: both stand at theirs now. */
    record Contradicted(List<String> files, String theirs, String ours) implements Stand {}
  }

  /**
   * Has the base branch here stand where the remote's does.
   *
   * @throws PortFailure of kind ENVIRONMENT if the remote cannot be reached
   */
  public void fetchBase() {
    String tracking = "refs/remotes/" + remote + "/" + base.name();
    String known = base.find();
    String theirs = fetched(base.name(), tracking, known);
    if (theirs != null && !theirs.equals(known)) {
      // One that moved meanwhile was moved by a fetch of the user's, which knows as much.
      boolean unused = base.objects().compareAndSwap(tracking, known, theirs, "fetch");
    }
  }

  /**
   * Brings a branch to the remote, together with what people pushed to it.
   *
   * @param head where the work is; the branch here may stand there or not be there yet
   * @throws PortFailure of kind USER if the remote refuses it, ENVIRONMENT if it cannot be reached
   */
  public Stand bring(String branch, String head) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Stand> stand = tryToBring(branch, head);
      if (stand.isPresent()) {
        return stand.get();
      }
    }
    throw new PortFailure(
        Problem.environment(
            "the branch " + branch + " of " + remote + " moves all the time",
            repository.top().toString(),
            "see who pushes to it"));
  }

  /** Empty if the remote moved in between. */
  private Optional<Stand> tryToBring(String branch, String head) {
    RevCommit ours = commit(head);
    String tracking = "refs/remotes/" + remote + "/" + branch;
    String known = refs.find(tracking).map(ObjectId::name).orElse(null);
    String there = fetched(branch, tracking, known);
    String pushed = refs.find(PUSHED + branch).map(ObjectId::name).orElse(null);
    if (there == null) {
      return objects.descends(commit(base.tip()), ours)
          ? Optional.of(new Stand.Nothing(head))
          : pushed(branch, null, head);
    }
    if (head.equals(there)) {
      note(branch, head);
      return Optional.of(new Stand.At(head));
    }
    RevCommit theirs = commit(there);
    if (there.equals(pushed) || objects.descends(ours, theirs)) {
      return pushed(branch, there, head);
    }
    if (objects.descends(theirs, ours)) {
      moveTo(branch, theirs, "take what was pushed");
      note(branch, there);
      return Optional.of(new Stand.At(there));
    }
    return join(branch, ours, theirs);
  }

  private Optional<Stand> pushed(String branch, @Nullable String there, String head) {
    return push(branch, there, head) ? Optional.of(new Stand.At(head)) : Optional.empty();
  }

  private Optional<Stand> join(String branch, RevCommit ours, RevCommit theirs) {
    MergeTree.Result merged = mergeTree.merge(theirs, ours);
    if (!merged.files().isEmpty()) {
      refs.keep(Refs.BACKUP + branch + "/" + ours.abbreviate(12).name(), ours);
      moveTo(branch, theirs, "take what was pushed");
      note(branch, theirs.name());
      return Optional.of(
          new Stand.Contradicted(List.copyOf(merged.files()), theirs.name(), ours.name()));
    }
    RevCommit joined = merge(merged.tree(), theirs, ours, "Merge what was pushed to " + branch);
    if (!push(branch, theirs.name(), joined.name())) {
      return Optional.empty();
    }
    moveTo(branch, joined, "take what was pushed");
    return Optional.of(new Stand.At(joined.name()));
  }

  /** How a branch got the base's newest commits. */
  public sealed interface Update {
    record Updated(String head) implements Update {}

    record Conflict(List<String> files, String onto) implements Update {
      public Conflict {
        files = List.copyOf(files);
      }
    }

    /** Somebody moved it meanwhile. */
    record Moved() implements Update {}
  }

  /** Merges the base branch into a branch, here and at the remote. */
  public Update update(String branch, String head) {
    RevCommit tip = commit(base.tip());
    RevCommit ours = commit(head);
    MergeTree.Result merged = mergeTree.merge(tip, ours);
    if (!merged.files().isEmpty()) {
      return new Update.Conflict(merged.files(), tip.name());
    }
    RevCommit joined = merge(merged.tree(), ours, tip, "Merge " + base.name() + " into " + branch);
    if (!push(branch, head, joined.name())) {
      return new Update.Moved();
    }
    moveTo(branch, joined, "take " + base.name());
    return new Update.Updated(joined.name());
  }

  /** Whether a commit is on the base branch, as it was last fetched. */
  public boolean isOnBase(String head) {
    return objects
        .find(head)
        .filter(commit -> objects.descends(commit(base.tip()), commit))
        .isPresent();
  }

  /** Deletes a branch of the remote, if it still stands there; one that is gone is fine. */
  public void delete(String branch, String head) {
    Git git = new SyncRoom(repository, room, branch).git();
    Git.Result deleted =
        git.attempt(
            "push",
            "-q",
            "--no-verify",
            "--force-with-lease=refs/heads/" + branch + ":" + head,
            remote,
            ":refs/heads/" + branch);
    if (!deleted.ok() && deleted.err().contains("Could not resolve")) {
      throw unreachable(deleted);
    }
    refs.find(PUSHED + branch).ifPresent(pushed -> refs.delete(PUSHED + branch, pushed));
  }

  private RevCommit merge(ObjectId tree, RevCommit first, RevCommit second, String why) {
    PersonIdent who = room.identity().now();
    return objects.commit(objects.commit(tree, List.of(first, second), who, who, why + "\n"));
  }

  private RevCommit commit(String id) {
    return objects.commit(ObjectId.fromString(id));
  }

  private @Nullable String fetched(String branch, String tracking, @Nullable String known) {
    var sync = new SyncRoom(repository, room, branch);
    sync.tell(tracking, known);
    Git.Result fetched =
        sync.git()
            .attempt(
                "fetch",
                "-q",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
                remote,
                "+refs/heads/" + branch + ":" + tracking);
    if (fetched.ok()) {
      return sync.ref(tracking);
    }
    if (fetched.err().contains("couldn't find remote ref")) {
      return null;
    }
    throw unreachable(fetched);
  }

  /** Pushes what builds on what is there, or replaces what we pushed ourselves. */
  private boolean push(String branch, @Nullable String there, String head) {
    Git git = new SyncRoom(repository, room, branch).git();
    Git.Result pushed =
        git.attempt(
            "push",
            "-q",
            "--no-verify",
            "--no-follow-tags",
            "--recurse-submodules=no",
            "--force-with-lease=refs/heads/" + branch + ":" + (there == null ? "" : there),
            remote,
            head + ":refs/heads/" + branch);
    if (pushed.ok()) {
      note(branch, head);
      return true;
    }
    if (pushed.err().contains("stale info") || pushed.err().contains("fetch first")) {
      return false;
    }
    if (pushed.err().contains("rejected") || pushed.err().contains("protected")) {
      throw new PortFailure(
          new Problem(
              Problem.Kind.USER,
              Problem.Scope.TASK,
              remote + " refuses the branch " + branch + ": " + said(pushed),
              repository.top().toString(),
              "allow hyperloop to push branches that begin with hyperloop/, in the rules of the"
                  + " repository"));
    }
    throw unreachable(pushed);
  }

  private static String said(Git.Result failed) {
    String err = failed.err().strip();
    return err.length() <= 500 ? err : err.substring(0, 500) + "...";
  }

  private PortFailure unreachable(Git.Result failed) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            remote + " cannot be reached: " + said(failed),
            repository.top().toString(),
            "try: git fetch " + remote));
  }

  private void note(String branch, String head) {
    String ref = PUSHED + branch;
    ObjectId before = refs.find(ref).orElse(null);
    boolean unused = refs.move(ref, before, ObjectId.fromString(head), "push");
  }

  private void moveTo(String branch, RevCommit next, String why) {
    String ref = Refs.branch(branch);
    ObjectId before = refs.find(ref).orElse(null);
    if (!refs.move(ref, before, next, why)) {
      throw new PortFailure(
          Problem.environment(
              "the branch " + branch + " is being moved by somebody else",
              ref,
              "leave it to hyperloop"));
    }
  }
}
