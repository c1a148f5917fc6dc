package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The work trees of runs, by the run's name. What we must know of one is kept beside it, in a place
 * that is not the agent's, because an agent may rewrite all that git itself keeps.
 *
 * <p>{@code worktrees/<name>} is the agent's folder, {@code rooms/<name>} ours, {@code
 * <common>/worktrees/<administrative name>} git's.
 */
final class Worktrees {
  private static final int FILE_MAX = 4 << 10;

  /** How often a work tree is made, waiting a little longer each time: two seconds in all. */
  private static final int TRIES = 14;

  private final Path common;
  private final Path folders;
  private final Path rooms;
  private final Rubbish rubbish;

  Worktrees(Repository repository, Path stateDirectory, Rubbish rubbish) {
    this.common = repository.commonDirectory();
    this.folders = stateDirectory.resolve("worktrees");
    this.rooms = stateDirectory.resolve("rooms");
    this.rubbish = rubbish;
  }

  /**
   * A run's places, whether there is anything or not.
   *
   * @param folder where the agent works
   * @param room our notes on it
   */
  record Seat(String name, Path folder, Path room) {
    Path note(String what) {
      return room.resolve("run-" + what);
    }
  }

  Seat seat(String name) {
    boolean elsewhere = name.equals(".") || name.equals("..") || name.contains("/");
    if (name.isEmpty() || elsewhere || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("not a run's name: " + name);
    }
    return new Seat(name, folders.resolve(name), rooms.resolve(name));
  }

  /**
   * Has git make an empty work tree, its HEAD detached at a commit. Files are not checked out yet:
   * that may start programs, and so is done in the {@link CleanRoom}.
   */
  void add(Seat seat, String commit) {
    try {
      Files.createDirectories(folders);
      Files.createDirectories(seat.room());
    } catch (IOException e) {
      throw failure("a folder for work trees cannot be made: " + e, folders);
    }
    make(seat.folder(), commit);
    String link = read(seat.folder().resolve(".git")).orElse("");
    Path gitDirectory = Path.of(link.replaceFirst("^gitdir: ", "").strip());
    Path name = gitDirectory.getFileName();
    if (name == null || !common.resolve("worktrees").equals(gitDirectory.getParent())) {
      throw failure("git made a work tree in an unforeseen place: " + link, seat.folder());
    }
    note(seat, "name", name.toString());
  }

  /**
   * One at a time: git looks at all work trees, and fails at one that another git is just making,
   * whose {@code commondir} is there and empty. That may as well be an agent's or a person's.
   */
  private synchronized void make(Path folder, String commit) {
    Git git = Git.in(folders).with(Map.of("GIT_DIR", common.toString()));
    for (int i = 1; ; i++) {
      Git.Result made =
          git.attempt(
              "worktree", "add", "-q", "--no-checkout", "--detach", folder.toString(), commit);
      if (made.ok() || i == TRIES || !made.err().contains("/commondir: ")) {
        Git.Result unused = git.succeed(made);
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20L * i).toNanos());
    }
  }

  void note(Seat seat, String what, String text) {
    try {
      Files.writeString(seat.note(what), text);
    } catch (IOException e) {
      throw failure("a note cannot be written: " + e, seat.note(what));
    }
  }

  /** What was noted; the folder is ours and so believed. */
  Optional<String> noted(Seat seat, String what) {
    try {
      return Files.exists(seat.note(what))
          ? Optional.of(Files.readString(seat.note(what)))
          : Optional.empty();
    } catch (IOException e) {
      throw failure("a note cannot be read: " + e, seat.note(what));
    }
  }

  /** Git's folder for a work tree, as noted when it was made. */
  Optional<Path> administration(Seat seat) {
    return noted(seat, "name").map(common.resolve("worktrees")::resolve);
  }

  /** What the work tree's HEAD file says: a commit, or {@code ref: ...}; empty if it is gone. */
  Optional<String> head(Seat seat) {
    return administration(seat).flatMap(folder -> read(folder.resolve("HEAD"))).map(String::strip);
  }

  /** Whether the agent's folder is still the folder that we made, not a link to elsewhere. */
  boolean intact(Seat seat) {
    try {
      return Files.isDirectory(seat.folder(), LinkOption.NOFOLLOW_LINKS)
          && seat.folder().toRealPath().equals(folders.toRealPath().resolve(seat.name()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Removes all that there is of a run; false if there was nothing. */
  boolean remove(Seat seat) {
    try {
      boolean found = rubbish.take(seat.folder());
      for (Path administration : administrations(seat)) {
        Rubbish.delete(administration);
        found = true;
      }
      return rubbish.take(seat.room()) || found;
    } catch (IOException e) {
      throw failure("a work tree cannot be removed: " + e, seat.folder());
    }
  }

  /** Noted or not: a killed process may not have come to noting it. */
  private List<Path> administrations(Seat seat) throws IOException {
    var found = new TreeSet<Path>();
    Path all = common.resolve("worktrees");
    String link = seat.folder().resolve(".git").toString();
    administration(seat)
        .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
        .filter(folder -> ours(read(folder.resolve("gitdir")).orElse("").strip()))
        .ifPresent(found::add);
    if (found.isEmpty() && Files.isDirectory(all)) {
      try (Stream<Path> folders = Files.list(all)) {
        folders
            .filter(folder -> read(folder.resolve("gitdir")).orElse("").strip().equals(link))
            .forEach(found::add);
      }
    }
    return List.copyOf(found);
  }

  /** Somebody else's work tree may have come to bear the name. */
  private boolean ours(String link) {
    return link.isEmpty() || Path.of(link).startsWith(folders);
  }

  /** The names of all runs of which anything is there. */
  List<String> names() {
    var names = new TreeSet<String>();
    for (Path parent : List.of(folders, rooms)) {
      if (Files.isDirectory(parent)) {
        try (Stream<Path> children = Files.list(parent)) {
          children.forEach(child -> names.add(child.getFileName().toString()));
        } catch (IOException e) {
          throw failure("the folder of work trees cannot be read: " + e, parent);
        }
      }
    }
    return List.copyOf(names);
  }

  /** A small file's text; empty if it is missing, large, or anything but a plain file. */
  static Optional<String> read(Path file) {
    return read(file, FILE_MAX);
  }

  /** As {@link #read(Path)}, for files of at most so many bytes. */
  static Optional<String> read(Path file, long most) {
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > most) {
        return Optional.empty();
      }
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static PortFailure failure(String what, Path where) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT,
            Problem.Scope.TASK,
            what,
            where.toString(),
            "see whether the disk is full or the folder read-only"));
  }
}
