package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/**
 * What runs left behind: work trees and rooms of runs that are no more, folders on their way out,
 * and backups of old work. Looking changes nothing; delete only under the orchestrator's lock.
 */
public final class Leftovers {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

  private final ObjectDatabase objects;
  private final Refs refs;
  private final Worktrees worktrees;
  private final Rubbish heap;
  private final Path rubbish;
  private final Path released;

  /**
   * Of a repository.
   *
   * @param room any of its rooms
   */
  public Leftovers(Repository repository, BaseBranch base, CleanRoom room, Path stateDirectory) {
    this.objects = new ObjectDatabase(base, room);
    this.refs = new Refs(objects, room::identity, LOCK_PATIENCE);
    this.rubbish = stateDirectory.resolve("rubbish");
    this.released = stateDirectory.resolve("runs").resolve(".released");
    this.heap = new Rubbish(rubbish);
    this.worktrees = new Worktrees(repository, stateDirectory, heap);
  }

  /** The work tree of a run, and our notes on it; either may be missing. */
  public record WorkTree(String run, Path folder, Path room) {}

  /** Work trees of all runs but those. */
  public List<WorkTree> workTrees(Set<String> known) {
    return worktrees.names().stream()
        .filter(name -> !known.contains(name))
        .map(worktrees::seat)
        .map(seat -> new WorkTree(seat.name(), seat.folder(), seat.room()))
        .toList();
  }

  /**
   * Takes a work tree away: it becomes rubbish.
   *
   * @throws PortFailure if it cannot be
   */
  public void remove(WorkTree workTree) {
    boolean unused = worktrees.remove(worktrees.seat(workTree.run()));
  }

  /** Folders that were being deleted when their orchestrator ended. */
  public List<Path> rubbish() {
    return Stream.of(rubbish, released).flatMap(folder -> children(folder).stream()).toList();
  }

  /**
   * Deletes such folders, and the work trees that were removed, with all that is in them; follows
   * no link. To be called last, since nothing can be removed afterwards.
   *
   * @throws PortFailure if something cannot be deleted
   */
  public void clear() {
    heap.close();
    for (Path folder : rubbish()) {
      try {
        Rubbish.delete(folder);
      } catch (IOException e) {
        throw new PortFailure(
            Problem.environment(
                "cannot be deleted: " + e, folder.toString(), "see to its permissions"),
            e);
      }
    }
  }

  /**
   * A commit of a task that was given up, and the ref that keeps it.
   *
   * @param made when it was committed
   */
  public record Backup(String ref, String commit, Instant made) {}

  /** Those whose commit is older, the oldest first. */
  public List<Backup> backups(Instant before) {
    return objects
        .reading(() -> objects.jgit().getRefDatabase().getRefsByPrefix(Refs.BACKUP))
        .stream()
        .map(this::backup)
        .filter(backup -> backup != null && backup.made().isBefore(before))
        .sorted(Comparator.comparing(Backup::made).thenComparing(Backup::ref))
        .toList();
  }

  /** Null for what is none of ours. */
  private @Nullable Backup backup(Ref ref) {
    if (ref.isSymbolic() || ref.getObjectId() == null) {
      return null;
    }
    return objects
        .find(ref.getObjectId())
        .map(commit ->
            new Backup(ref.getName(), commit.name(), Instant.ofEpochSecond(commit.getCommitTime())))
        .orElse(null);
  }

  /** Deletes a backup's ref; false if it keeps another commit by now. */
  public boolean delete(Backup backup) {
    return refs.delete(backup.ref(), org.eclipse.jgit.lib.ObjectId.fromString(backup.commit()));
  }

  private static List<Path> children(Path folder) {
    var children = new ArrayList<Path>();
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries.sorted().forEach(children::add);
      } catch (IOException e) {
        throw new PortFailure(
            Problem.environment("cannot be read: " + e, folder.toString(), "make it readable"), e);
      }
    }
    return children;
  }
}
