package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Files of a work tree, out of a tree and into one. All of it goes through a git directory and an
 * index of ours; of what git keeps for the agent only the index is looked at, as a hint.
 */
final class Snapshot {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

  /** Two letters and a space come before each path. */
  private static final int STATUS_WIDTH = 3;

  private static final long INDEX_MAX = 512L << 20;

  /**
   * As many write files at the same time. More hold one another up: of six at once on two cores
   * none is done before one after the other all would be.
   */
  private static final Semaphore WRITING =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

  /** Then one goes ahead all the same, lest one that hangs, or loads files, holds up all others. */
  private static final Duration TURN = Duration.ofSeconds(5);

  private final CleanRoom cleanRoom;

  Snapshot(CleanRoom cleanRoom) {
    this.cleanRoom = cleanRoom;
  }

  /** Checks a commit out into an empty work tree whose index is at {@code index}. */
  void checkOut(Path folder, Path room, Path index, String commit) {
    cleanRoom.furnish(room, commit, "");
    sparseAsGitMadeIt(index.resolveSibling("info"), room.resolve("info"));
    Git git = git(folder, room, index);
    boolean inTurn = awaitTurn();
    try {
      String unused = git.run("read-tree", "-u", "--reset", commit);
    } finally {
      if (inTurn) {
        WRITING.release();
      }
    }
    try {
      Files.copy(index, begun(room), StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment("the index cannot be copied: " + e, index.toString(), ""), e);
    }
  }

  private static boolean awaitTurn() {
    try {
      return WRITING.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // What comes next is interrupted as well, and says so.
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The index as it was when the work tree was made: ours, whatever becomes of the agent's. */
  private static Path begun(Path room) {
    return room.resolve("index.begun");
  }

  /**
   * The tree that the files of a work tree amount to, ignored ones left out; nested repositories
   * too, unless they are submodules.
   *
   * @param agentIndex the agent's own index, which spares reading unchanged files again
   * @param start the commit that was checked out
   * @param head the commit that the work tree stands at
   * @param headTree its tree
   * @param excluded lines as in {@code info/exclude}: files to be left out besides
   * @throws PortFailure if git cannot make a tree of them
   */
  ObjectId take(
      Path folder,
      Path room,
      Path agentIndex,
      String start,
      String head,
      ObjectId headTree,
      String excluded) {
    cleanRoom.furnish(room, head, excluded);
    Path index = room.resolve("index");
    Git git = git(folder, room, index);
    try {
      if (hint(agentIndex, index)) {
        return amount(git, headTree);
      }
    } catch (PortFailure | IOException e) {
      // An index that an agent broke, split or left in mid merge: do without it.
    }
    begin(room, index);
    String unused =
        Files.exists(index)
            // Keeps what a sparse checkout leaves out from looking deleted.
            ? git.run("read-tree", "-m", start, head)
            : git.run("read-tree", head);
    return amount(git, headTree);
  }

  private Git git(Path folder, Path room, Path index) {
    return cleanRoom
        .gitAt(room)
        .at(folder)
        .with(Map.of("GIT_WORK_TREE", folder.toString(), "GIT_INDEX_FILE", index.toString()))
        .within(TIME_LIMIT);
  }

  /** A sparse checkout of the user's gives sparse work trees; which part, git wrote beside them. */
  private static void sparseAsGitMadeIt(Path from, Path to) {
    try {
      if (Files.isRegularFile(from.resolve("sparse-checkout"))) {
        Files.copy(
            from.resolve("sparse-checkout"),
            to.resolve("sparse-checkout"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment("a file cannot be copied: " + e, from.toString(), ""), e);
    }
  }

  /** Files that are there and neither tracked nor ignored, as lines for {@code info/exclude}. */
  String untracked(Path folder, Path room, Path index) {
    return Exclusions.of(
        git(folder, room, index)
            .succeed(git(folder, room, index).attempt("ls-files", "-z", "-o", "--exclude-standard"))
            .fields());
  }

  private static void forget(Path index) {
    try {
      Files.deleteIfExists(index);
      Files.deleteIfExists(index.resolveSibling("index.lock"));
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment("a file cannot be deleted: " + e, index.toString(), ""), e);
    }
  }

  private static void begin(Path room, Path index) {
    forget(index);
    try {
      if (Files.exists(begun(room))) {
        Files.copy(begun(room), index, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment("the index cannot be copied: " + e, index.toString(), ""), e);
    }
  }

  private static boolean hint(Path agentIndex, Path index) throws IOException {
    forget(index);
    if (!Files.isRegularFile(agentIndex, LinkOption.NOFOLLOW_LINKS)
        || Files.size(agentIndex) > INDEX_MAX) {
      return false;
    }
    // With its time stamp: git trusts an index only as far as files are older than it.
    Files.copy(agentIndex, index, StandardCopyOption.COPY_ATTRIBUTES);
    return true;
  }

  private static ObjectId amount(Git git, ObjectId headTree) {
    Git.Result status =
        git.succeed(
            git.attempt(
                "status",
                "--porcelain",
                "-z",
                "--no-renames",
                "--untracked-files=all",
                "--ignore-submodules=dirty"));
    if (status.out().length == 0) {
      return headTree;
    }
    // Not `git add`: it starts git inside submodules, with their configuration.
    byte[] paths = paths(status.out());
    var unused =
        git.succeed(
            git.feed(
                paths,
                "-c",
                "core.safecrlf=false",
                "update-index",
                "--add",
                "--remove",
                "--replace",
                "-z",
                "--stdin"));
    return ObjectId.fromString(git.run("write-tree"));
  }

  /** The paths out of a status, as bytes: they need not be UTF-8. */
  private static byte[] paths(byte[] status) {
    var paths = new ByteArrayOutputStream();
    int from = 0;
    for (int at = 0; at < status.length; at++) {
      if (status[at] == 0) {
        if (status[at - 1] != '/') {
          paths.write(status, from + STATUS_WIDTH, at + 1 - from - STATUS_WIDTH);
        }
        from = at + 1;
      }
    }
    return paths.toByteArray();
  }
}
