package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Takes folders away at once and deletes them later, one at a time. What a killed process left to
 * delete, the next one deletes. Links are deleted, never followed.
 */
final class Rubbish implements AutoCloseable {
  private final Path heap;
  private final AtomicLong next = new AtomicLong();
  private final ExecutorService sweeper =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("hyperloop-rubbish").factory());

  /** A heap in a folder beside those that are thrown away, on the same disk. */
  Rubbish(Path heap) {
    this.heap = heap;
  }

  /** Takes a folder away; false if nothing was there. */
  boolean take(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Files.createDirectories(heap);
    Path grave = heap.resolve(ProcessHandle.current().pid() + "-" + next.incrementAndGet());
    while (Files.exists(grave, LinkOption.NOFOLLOW_LINKS)) {
      grave = heap.resolve(ProcessHandle.current().pid() + "-" + next.incrementAndGet());
    }
    Path there = grave;
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isWritable(folder)) {
      // A folder that is read-only cannot change its parent.
      boolean unused = folder.toFile().setWritable(true);
    }
    Files.move(folder, there, StandardCopyOption.ATOMIC_MOVE);
    sweeper.execute(() -> bury(there));
    return true;
  }

  /** Deletes what an earlier process left; how many folders those are. */
  int empty() throws IOException {
    if (!Files.isDirectory(heap, LinkOption.NOFOLLOW_LINKS)) {
      return 0;
    }
    try (Stream<Path> graves = Files.list(heap)) {
      var left = graves.toList();
      left.forEach(grave -> sweeper.execute(() -> bury(grave)));
      return left.size();
    }
  }

  private static void bury(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // It stays on the heap, which the next process empties.
    }
  }

  /** Deletes a file or a folder with all that is in it, also what was made read-only. */
  static void delete(Path folder) throws IOException {
    try {
      Files.walkFileTree(folder, new Deleter());
    } catch (NoSuchFileException e) {
      // Gone is what was wanted.
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.toFile().canWrite() || !folder.toFile().canExecute()) {
        boolean unused =
            folder.toFile().setWritable(true)
                && folder.toFile().setExecutable(true)
                && folder.toFile().setReadable(true);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException e) throws IOException {
      if (e != null) {
        throw e;
      }
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Waits until all is deleted. */
  @Override
  public void close() {
    sweeper.close();
  }
}
