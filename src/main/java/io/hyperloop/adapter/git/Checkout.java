package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A person's work tree that stands on a branch that we move.
 *
 * @param root of the work tree
 * @param gitDirectory of that work tree: its HEAD, index and unfinished operations
 */
record Checkout(Path root, Path gitDirectory) {
  /** How an index.lock of ours begins. */
  static final String LOCK_WORDS = "hyperloop moves this work tree along, note ";

  /** A person's own git command holds the lock for a moment only. */
  private static final int LOCK_TRIES = 30;

  private static final int NAMED_MAX = 5;

  /** Larger files are left to git to compare. */
  private static final long READ_MAX = 16 << 20;

  /** A person's operation that must come to its end first. */
  Optional<String> busy() {
    for (var operation :
        Map.of(
                "MERGE_HEAD", "merge",
                "CHERRY_PICK_HEAD", "cherry-pick",
                "REVERT_HEAD", "revert",
                "rebase-merge", "rebase",
                "rebase-apply", "rebase")
            .entrySet()) {
      if (Files.exists(gitDirectory.resolve(operation.getKey()))) {
        return Optional.of("a " + operation.getValue() + " is in progress in " + root);
      }
    }
    return Optional.empty();
  }

  /** Whether there is anything to take along: a clone without checkout has no index. */
  boolean followable(boolean oldTreeIsEmpty) {
    return Files.exists(index()) || oldTreeIsEmpty;
  }

  /** Takes the index's lock, as every git command does that writes it. */
  boolean lock(String token) {
    Path draft = copy(token + "-lock");
    try {
      for (int i = 0; i < LOCK_TRIES; i++) {
        if (LockFile.make(lockFile(), draft, LOCK_WORDS + token + "\n")) {
          return true;
        }
        LockSupport.parkNanos(10_000_000);
      }
      return false;
    } catch (IOException e) {
      throw failure("the index cannot be locked", e);
    }
  }

  /** Whether the lock is one of ours, with that token at its end. */
  boolean lockedBy(String token) {
    return lockText().equals(LOCK_WORDS + token + "\n");
  }

  /** Who has the lock, as far as can be told. */
  String lockedBy() {
    return lockText().startsWith(LOCK_WORDS)
        ? root + " was not brought to the tip of its branch; start hyperloop again to finish that"
        : "another git command works in "
            + root
            + " ("
            + lockFile()
            + " exists; delete it if no git runs there)";
  }

  String lockText() {
    try {
      return Files.readString(lockFile());
    } catch (IOException e) {
      return "";
    }
  }

  /** Gives the lock back, and drops a copy of the index that was not put in place. */
  void release(String token) {
    delete(copy(token).resolveSibling(copy(token).getFileName() + ".lock"));
    delete(copy(token));
    delete(lockFile());
  }

  /**
   * Why these changes cannot come into the work tree: a path that is new is taken, be it ignored,
   * or a path that changes holds something uncommitted.
   *
   * @param git over this work tree, asked for if git has to look
   * @param staged whether to look for what is staged but not in the files as well
   */
  Optional<String> conflict(Supplier<Git> git, List<TreeChange> changes, boolean staged) {
    var deleted = new HashSet<String>();
    changes.stream().filter(TreeChange::deleted).forEach(change -> deleted.add(change.path()));
    var taken = new ArrayList<String>();
    boolean unclear = staged;
    for (TreeChange change : changes) {
      if (change.added()) {
        obstacle(change.path(), deleted).ifPresent(taken::add);
      } else if (!unclear) {
        unclear = !unmodified(change);
      }
    }
    if (!taken.isEmpty()) {
      return Optional.of("not committed, but in the way in " + root + ": " + named(taken));
    }
    return unclear ? uncommitted(git.get(), changes) : Optional.empty();
  }

  private Optional<String> uncommitted(Git git, List<TreeChange> changes) {
    var touched = new HashSet<String>();
    changes.forEach(change -> touched.add(change.path()));
    var dirty = new ArrayList<String>();
    var unresolved = new ArrayList<String>();
    for (String line :
        git.succeed(
                git.attempt(
                    "--no-optional-locks",
                    "status",
                    "--porcelain",
                    "-z",
                    "--no-renames",
                    "--untracked-files=no",
                    "--ignore-submodules=dirty"))
            .fields()) {
      String state = line.substring(0, 2);
      String path = line.substring(3);
      if (state.contains("U") || state.equals("AA") || state.equals("DD")) {
        unresolved.add(path);
      } else if (touched.contains(path)) {
        dirty.add(path);
      }
    }
    if (!unresolved.isEmpty()) {
      return Optional.of("unresolved conflicts in " + root + ": " + named(unresolved));
    }
    return dirty.isEmpty()
        ? Optional.empty()
        : Optional.of("uncommitted changes in " + root + ": " + named(dirty));
  }

  /** What stands where a new file is to be, unless it goes away by the same move. */
  private Optional<String> obstacle(String path, Set<String> deleted) {
    for (int slash = path.indexOf('/'); ; slash = path.indexOf('/', slash + 1)) {
      String part = slash < 0 ? path : path.substring(0, slash);
      Path file = root.resolve(part);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      if (!folder) {
        return deleted.contains(part) ? Optional.empty() : Optional.of(part);
      }
      if (slash < 0) {
        return leftover(file, deleted);
      }
    }
  }

  /** A file in a folder that is to become a file. */
  private Optional<String> leftover(Path folder, Set<String> deleted) {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> root.relativize(file).toString())
          .filter(file -> !deleted.contains(file))
          .findFirst();
    } catch (IOException e) {
      throw failure("a folder cannot be read: " + folder, e);
    }
  }

  private boolean unmodified(TreeChange change) {
    Path file = root.resolve(change.path());
    try {
      return change.wasFile()
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= READ_MAX
          && ObjectStore.blobId(Files.readAllBytes(file)).equals(change.oldId());
    } catch (IOException e) {
      return false;
    }
  }

  Path index() {
    return gitDirectory.resolve("index");
  }

  private Path lockFile() {
    return gitDirectory.resolve("index.lock");
  }

  /** Where the next index grows, beside the one in use. */
  Path copy(String token) {
    return gitDirectory.resolve("index.hyperloop-" + token);
  }

  /** Git over this work tree, but on the copy of the index. */
  Git onCopy(Git git, String token) {
    return git.with(Map.of("GIT_INDEX_FILE", copy(token).toString()));
  }

  /**
   * Copies the index with its times: git takes an entry as clean by comparing the file's time with
   * that of the index.
   */
  void copyIndex(String token) {
    try {
      delete(copy(token).resolveSibling(copy(token).getFileName() + ".lock"));
      if (Files.exists(index())) {
        Files.copy(
            index(),
            copy(token),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failure("the index cannot be copied", e);
    }
  }

  void putInPlace(String token) {
    try {
      Files.move(
          copy(token),
          index(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      throw failure("the file system cannot rename", e);
    } catch (IOException e) {
      throw failure("the index cannot be replaced", e);
    }
  }

  PortFailure failure(String what, IOException e) {
    return new PortFailure(
        Problem.environment(
            what + ": " + e,
            gitDirectory.toString(),
            "make room or give yourself access, then start hyperloop again: it finishes this"),
        e);
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure("a file cannot be deleted: " + file, e);
    }
  }

  private static String named(List<String> paths) {
    String first = String.join(", ", paths.subList(0, Math.min(paths.size(), NAMED_MAX)));
    int more = paths.size() - NAMED_MAX;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
