package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Refs that are hyperloop's own: task branches, backups, pins. Moved by compare-and-swap, never
 * through a symbolic ref that somebody put in their place, and not held up by a lock file that an
 * agent left.
 */
final class Refs {
  static final String BACKUP = "refs/hyperloop/backup/";
  static final String SPECS = "refs/hyperloop/specs/";

  private static final int TRIES = 10;

  private final org.eclipse.jgit.lib.Repository jgit;
  private final Supplier<Identity> who;
  private final Duration patience;

  /**
   * Refs of that database.
   *
   * @param patience how long a lock on a ref of ours is taken for a living one's
   */
  Refs(ObjectDatabase objects, Supplier<Identity> who, Duration patience) {
    this.jgit = objects.jgit();
    this.who = who;
    this.patience = patience;
  }

  static String branch(String name) {
    return "refs/heads/" + name;
  }

  /** Where a ref stands; nowhere if its name is none. */
  Optional<ObjectId> find(String ref) {
    if (!org.eclipse.jgit.lib.Repository.isValidRefName(ref)) {
      return Optional.empty();
    }
    return Optional.ofNullable(read(ref)).map(Ref::getObjectId);
  }

  private @Nullable Ref read(String ref) {
    try {
      return jgit.exactRef(ref);
    } catch (IOException e) {
      throw failure(ref, "cannot be read: " + e.getMessage());
    }
  }

  /**
   * Moves a ref from one commit to another.
   *
   * @param old null where the ref must not exist yet
   * @return false if it stands elsewhere
   */
  boolean move(String ref, @Nullable ObjectId old, ObjectId next, String why) {
    return swap(ref, old, next, why);
  }

  /** Deletes a ref that stands there; false if it stands elsewhere. */
  boolean delete(String ref, ObjectId old) {
    try (var _ = LockNote.write(jgit.getDirectory().toPath(), "delete " + ref)) {
      return swap(ref, old, null, "delete");
    }
  }

  /** Sees to it that a ref exists which keeps a commit. */
  void keep(String ref, ObjectId commit) {
    if (find(ref).isEmpty()) {
      boolean unused = move(ref, null, commit, "keep");
    }
  }

  private boolean swap(String ref, @Nullable ObjectId old, @Nullable ObjectId next, String why) {
    boolean broken = false;
    while (true) {
      RefUpdate.Result result = tried(ref, old, next, why);
      switch (result) {
        case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
          return true;
        }
        case LOCK_FAILURE -> {
          ObjectId stands = find(ref).orElse(null);
          if (stands == null ? old != null : !stands.equals(old)) {
            return false;
          }
          if (broken || !breakLock(ref)) {
            throw failure(ref, "cannot be locked");
          }
          broken = true;
        }
        default -> throw failure(ref, "cannot be moved: " + result);
      }
    }
  }

  /**
   * Deleting the last ref of a folder deletes the folder, perhaps just as another is made in it.
   */
  private RefUpdate.Result tried(
      String ref, @Nullable ObjectId old, @Nullable ObjectId next, String why) {
    for (int i = 1; ; i++) {
      try {
        return tryOnce(ref, old, next, why);
      } catch (IOException e) {
        if (i == TRIES) {
          throw failure(ref, "cannot be moved: " + e.getMessage());
        }
        LockSupport.parkNanos(Duration.ofMillis(i).toNanos());
      }
    }
  }

  private RefUpdate.Result tryOnce(
      String ref, @Nullable ObjectId old, @Nullable ObjectId next, String why) throws IOException {
    Ref there = read(ref);
    if (there != null && there.isSymbolic()) {
      // Nobody but us writes these refs: one that points elsewhere would move something else.
      Files.delete(file(ref));
      jgit.getRefDatabase().refresh();
      old = find(ref).orElse(null);
    }
    RefUpdate update = jgit.updateRef(ref, true);
    update.setExpectedOldObjectId(old == null ? ObjectId.zeroId() : old);
    update.setRefLogIdent(who.get().now());
    update.setRefLogMessage("hyperloop: " + why, false);
    update.setForceUpdate(true);
    if (next == null) {
      return old == null ? RefUpdate.Result.NO_CHANGE : update.delete();
    }
    update.setNewObjectId(next);
    return update.update();
  }

  /** Waits for a lock to go, and takes it away if it stays the same all the while. */
  private boolean breakLock(String ref) {
    Path lock = file(ref + ".lock");
    long until = System.nanoTime() + patience.toNanos();
    while (Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
      if (System.nanoTime() - until > 0) {
        try {
          return Files.deleteIfExists(lock);
        } catch (IOException e) {
          return false;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return true;
  }

  private Path file(String ref) {
    return jgit.getDirectory().toPath().resolve(ref);
  }

  private PortFailure failure(String ref, String what) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            "the ref " + ref + " " + what,
            jgit.getDirectory().toString(),
            "see what holds it: git show-ref, and whether a file " + ref + ".lock is left over"));
  }

  /** Whether a tree entry of that mode is a plain file. */
  static boolean isFile(FileMode mode) {
    return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE);
  }
}
