package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Takes away locks of refs and packs that a killed orchestrator, or a git that died with it, left.
 *
 * <p>A lock is taken for theirs if a {@link LockNote} is left that is older, if the file stays the
 * same for a while, and if no git is alive that works on this repository. Any other is left alone,
 * and told of.
 */
public final class LockRecovery {
  /** Git's own locks last for milliseconds. */
  private static final Duration SAME_FOR = Duration.ofSeconds(1);

  /** How long gits that are alive are waited for, which may be agents' that end at any moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A lock that nobody noted is told of when it is no passing one. */
  private static final Duration PASSING = Duration.ofMinutes(1);

  /** File systems may keep times no finer than that. */
  private static final Duration GRAIN = Duration.ofSeconds(2);

  private final Repository repository;
  private final Path common;
  private final Duration patience;
  private final List<String> done = new ArrayList<>();

  public LockRecovery(Repository repository) {
    this(repository, PATIENCE);
  }

  LockRecovery(Repository repository, Duration patience) {
    this.repository = repository;
    this.common = repository.commonDirectory();
    this.patience = patience;
  }

  /**
   * Does it. Called at start, by the holder of the {@link OrchestratorLock}.
   *
   * @return one line for each thing found and done
   */
  public List<String> run() {
    try {
      List<Path> notes = LockNote.left(common);
      if (notes.isEmpty()) {
        tellOfOthers();
        return done;
      }
      Instant since = Instant.MAX;
      for (Path note : notes) {
        Instant made = Files.getLastModifiedTime(note).toInstant().minus(GRAIN);
        since = made.isBefore(since) ? made : since;
      }
      if (takeAway(since)) {
        notes.forEach(Notes::delete);
      }
      tellOfOthers();
      return done;
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "locks that were left cannot be looked at: " + e,
              common.toString(),
              "make the git directory readable and writable for you"),
          e);
    }
  }

  /** False if a living git may still need what is there. */
  private boolean takeAway(Instant since) throws IOException {
    Map<Path, Object> seen = locks(since);
    long begun = System.nanoTime();
    long same = begun;
    List<String> alive = List.of();
    while (!seen.isEmpty()) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      Map<Path, Object> now = locks(since);
      now.keySet().retainAll(seen.keySet());
      if (!now.equals(seen)) {
        seen = now;
        same = System.nanoTime();
      } else if (System.nanoTime() - same > SAME_FOR.toNanos()) {
        alive = GitProcesses.on(repository);
        if (alive.isEmpty() || System.nanoTime() - begun > patience.toNanos()) {
          break;
        }
      }
    }
    if (!alive.isEmpty()) {
      for (Path lock : seen.keySet()) {
        done.add("left " + lock + " alone, which may be that of " + String.join(", ", alive));
      }
      return false;
    }
    for (Path lock : seen.keySet()) {
      if (lock.equals(common.resolve(LockNote.PACKED_REFS))) {
        // Git writes the new file beside the lock, and fails for ever if one is there.
        Files.deleteIfExists(common.resolve("packed-refs.new"));
      }
      if (Files.deleteIfExists(lock)) {
        done.add("unlocked " + lock + " after an interruption");
      }
    }
    return true;
  }

  /** Locks made since then, and what tells one from another of the same name. */
  private Map<Path, Object> locks(Instant since) throws IOException {
    var found = new TreeMap<Path, Object>();
    for (String name : LockNote.SHARED) {
      identity(common.resolve(name), since).ifPresent(id -> found.put(common.resolve(name), id));
    }
    for (Path lock : locksOfRefs()) {
      identity(lock, since).ifPresent(id -> found.put(lock, id));
    }
    return found;
  }

  private List<Path> locksOfRefs() throws IOException {
    for (int i = 0; ; i++) {
      try (Stream<Path> files = Files.walk(common.resolve("refs"))) {
        return files.filter(file -> file.toString().endsWith(".lock")).toList();
      } catch (java.io.UncheckedIOException e) {
        // A folder that went away meanwhile.
        if (i == 10) {
          throw e.getCause();
        }
      }
    }
  }

  private static Optional<Object> identity(Path lock, Instant since) throws IOException {
    try {
      var file = Files.readAttributes(lock, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return file.isRegularFile() && !file.lastModifiedTime().toInstant().isBefore(since)
          ? Optional.of(
              List.of(
                  Objects.requireNonNullElse(file.fileKey(), ""),
                  file.lastModifiedTime(),
                  file.size()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private void tellOfOthers() throws IOException {
    Path lock = common.resolve(LockNote.PACKED_REFS);
    boolean told = done.stream().anyMatch(line -> line.contains(lock.toString()));
    if (!told && identity(lock, Instant.MIN).isPresent() && old(lock)) {
      List<String> alive = GitProcesses.on(repository);
      done.add(
          "left "
              + lock
              + " alone, which is not hyperloop's: while it is there branches of merged tasks stay;"
              + " "
              + (alive.isEmpty()
                  ? "no git runs here, so delete it"
                  : "see what these do: " + String.join(", ", alive)));
    }
  }

  private static boolean old(Path lock) throws IOException {
    try {
      Instant made = Files.getLastModifiedTime(lock, LinkOption.NOFOLLOW_LINKS).toInstant();
      return made.plus(PASSING).isBefore(Instant.now());
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
