package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps {@code git gc} away while objects are written that no ref names yet: with {@code
 * --prune=now} it would delete them under a branch that is about to name them. The way is git's
 * own, the file {@code gc.pid} by which one gc knows of another (see {@code lock_repo_for_gc} in
 * git's builtin/gc.c). It is held for one save, one merge or one taking over at a time.
 *
 * <p>It does not help against {@code git gc --force}, {@code git prune} or {@code git repack -ad}.
 */
final class GcPause {
  /** Git no longer believes in a file of this age either. */
  private static final Duration AGE_MAX = Duration.ofHours(12);

  /** A gc holds its lock's lock for an instant; one this old was left by a killed gc. */
  private static final Duration LOCK_AGE_MAX = Duration.ofMinutes(1);

  private static final Map<Path, GcPause> ALL = new ConcurrentHashMap<>();

  private final Path file;
  private final Path draft;
  private int holders;

  private GcPause(Path common) {
    this.file = common.resolve("gc.pid");
    this.draft = common.resolve("hyperloop").resolve("gc.pid-draft");
  }

  /** One per repository and process. */
  static GcPause of(Repository repository) {
    return ALL.computeIfAbsent(repository.commonDirectory(), GcPause::new);
  }

  /** Why nothing can be written now. */
  String why() {
    return "git gc works in " + file.getParent() + " (" + file + " exists)";
  }

  /**
   * Waits for a gc to end and keeps the next one away until {@link #release}.
   *
   * @return false if it did not end in time
   * @throws PortFailure of kind ENVIRONMENT if the file cannot be written
   */
  synchronized boolean hold(Duration patience) {
    long begun = System.nanoTime();
    try {
      while (holders == 0 && !take()) {
        if (System.nanoTime() - begun > patience.toNanos()) {
          return false;
        }
        LockSupport.parkNanos(1_000_000);
      }
      holders++;
      return true;
    } catch (IOException e) {
      throw failure("git gc cannot be kept away", e);
    }
  }

  /** Gives one hold back. */
  synchronized void release() {
    holders--;
    if (holders == 0) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw failure("the file that keeps git gc away cannot be deleted", e);
      }
    }
  }

  private boolean take() throws IOException {
    if (Files.exists(file)) {
      if (held()) {
        return false;
      }
      Files.deleteIfExists(file);
    }
    Files.createDirectories(draft.getParent());
    if (!LockFile.make(file, draft, ProcessHandle.current().pid() + " " + host() + "\n")) {
      return false;
    }
    // A gc that looked before ours was there says so by its lock, which it makes before it looks.
    Path lock = file.resolveSibling("gc.pid.lock");
    if (Files.exists(lock) && !older(lock, LOCK_AGE_MAX)) {
      Files.deleteIfExists(file);
      return false;
    }
    return true;
  }

  /** As git judges it: young, and its process alive or another machine's. */
  private boolean held() throws IOException {
    try {
      String[] words = Files.readString(file).strip().split(" ", 2);
      boolean here = words.length == 2 && words[1].equals(host());
      boolean alive =
          words[0].matches("\\d{1,18}")
              && ProcessHandle.of(Long.parseLong(words[0])).isPresent()
              && Long.parseLong(words[0]) != ProcessHandle.current().pid();
      return words.length == 2 && (alive || !here) && !older(file, AGE_MAX);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean older(Path path, Duration age) throws IOException {
    try {
      return Files.getLastModifiedTime(path).toInstant().isBefore(Instant.now().minus(age));
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private static String host() throws IOException {
    Path kernel = Path.of("/proc/sys/kernel/hostname");
    return Files.isReadable(kernel)
        ? Files.readString(kernel).strip()
        : java.net.InetAddress.getLocalHost().getHostName();
  }

  private PortFailure failure(String what, IOException e) {
    return new PortFailure(
        Problem.environment(
            what + ": " + e,
            file.toString(),
            "make room, or make the git directory writable for you"),
        e);
  }
}
