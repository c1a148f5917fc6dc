package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/**
 * Objects of a repository, read and written in this process. JGit does the work; what it cannot
 * find, the git program is asked for, which in a partial clone fetches it. Replacement refs, which
 * anybody may plant, are not followed. Safe for use by several threads.
 */
final class ObjectDatabase {
  /** A partial clone may lack this many objects of one operation; beyond, something is wrong. */
  private static final int FETCHES_MAX = 256;

  private final org.eclipse.jgit.lib.Repository jgit;
  private final CleanRoom room;

  /** The database that a branch's repository has, shared with it. */
  ObjectDatabase(BaseBranch base, CleanRoom room) {
    this.jgit = base.objects().jgit();
    this.room = room;
  }

  org.eclipse.jgit.lib.Repository jgit() {
    return jgit;
  }

  Git git() {
    return room.git();
  }

  /** Work on objects, which may find that one is missing. */
  @FunctionalInterface
  interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Does it, and if objects are missing has git fetch them and does it again.
   *
   * @throws PortFailure if the objects cannot be had
   */
  <T> T reading(Reading<T> work) {
    for (int fetches = 0; ; fetches++) {
      try {
        return ObjectStore.insisting(work::read);
      } catch (MissingObjectException e) {
        if (fetches == FETCHES_MAX || !git().attempt("cat-file", "-e", name(e)).ok()) {
          throw broken(e);
        }
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  private static String name(MissingObjectException e) {
    ObjectId id = e.getObjectId();
    return id == null ? ObjectId.zeroId().name() : id.name();
  }

  private PortFailure broken(IOException e) {
    return new PortFailure(
        Problem.environment(
            "git objects cannot be read or written: " + e.getMessage(),
            jgit.getDirectory().toString(),
            "see what git fsck says, and whether the disk is full"),
        e);
  }

  /** The commit of that name, if it is there and is one. */
  Optional<RevCommit> find(String name) {
    return ObjectId.isId(name) ? find(ObjectId.fromString(name)) : Optional.empty();
  }

  /** The commit of that name, if it is there and is one. */
  Optional<RevCommit> find(ObjectId id) {
    try (var walk = new RevWalk(jgit)) {
      return Optional.of(walk.parseCommit(id));
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * A commit that must be there.
   *
   * @throws PortFailure if it is not
   */
  RevCommit commit(ObjectId id) {
    return reading(() -> {
      try (var walk = new RevWalk(jgit)) {
        return walk.parseCommit(id);
      }
    });
  }

  /** The best commit that both descend from, if there is any. */
  Optional<RevCommit> mergeBase(ObjectId one, ObjectId other) {
    return reading(() -> {
      try (var walk = new RevWalk(jgit)) {
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(walk.parseCommit(one));
        walk.markStart(walk.parseCommit(other));
        RevCommit base = walk.next();
        return base == null ? Optional.empty() : Optional.of(commit(base));
      }
    });
  }

  /** Whether a commit is the ancestor or descends from it. */
  boolean descends(ObjectId commit, ObjectId ancestor) {
    return reading(() -> {
      try (var walk = new RevWalk(jgit)) {
        return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(commit));
      }
    });
  }

  /** Writes a commit. */
  ObjectId commit(
      ObjectId tree,
      List<? extends ObjectId> parents,
      PersonIdent author,
      PersonIdent committer,
      String message) {
    var builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setParentIds(parents);
    builder.setAuthor(author);
    builder.setCommitter(committer);
    builder.setMessage(message);
    return reading(() -> {
      try (ObjectInserter inserter = jgit.newObjectInserter()) {
        ObjectId id = inserter.insert(builder);
        inserter.flush();
        return id;
      }
    });
  }
}
