package io.hyperloop.adapter.disk;

import io.hyperloop.adapter.disk.Retention.Kept;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Deletes logs and prompts that a {@link Retention} no longer keeps: files in the folders of {@code
 * <state directory>/logs}. A run is in progress as long as {@code <state directory>/runs} has a
 * folder of its name. Safe beside a running orchestrator, and at the same time as another.
 */
public final class Housekeeping {
  private final Path logs;
  private final Path runs;
  private final Retention retention;
  private final InstantSource clock;

  public Housekeeping(Path stateDirectory, Retention retention, InstantSource clock) {
    this.logs = stateDirectory.resolve("logs");
    this.runs = stateDirectory.resolve("runs");
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * What was deleted, or would be.
   *
   * @param failures one line for each that could not be
   */
  public record Removal(int files, long bytes, List<String> failures) {
    static final Removal NONE = new Removal(0, 0, List.of());

    public Removal {
      failures = List.copyOf(failures);
    }
  }

  /** What would be deleted now. Changes nothing. */
  public Removal due() {
    try {
      List<Kept> expired = retention.expired(files(), clock.instant());
      return new Removal(expired.size(), expired.stream().mapToLong(Kept::bytes).sum(), List.of());
    } catch (IOException e) {
      return unreadable(e);
    }
  }

  /** Deletes what is due, and folders that have long been empty. */
  public Removal tidy() {
    Instant now = clock.instant();
    List<Kept> expired;
    try {
      expired = retention.expired(files(), now);
    } catch (IOException e) {
      return unreadable(e);
    }
    int files = 0;
    long bytes = 0;
    var failures = new ArrayList<String>();
    for (Kept file : expired) {
      try {
        if (unchanged(file) && Files.deleteIfExists(file.path())) {
          files++;
          bytes += file.bytes();
        }
      } catch (IOException e) {
        failures.add("cannot be deleted: " + e);
      }
    }
    deleteEmpty(now.minus(retention.age()));
    return new Removal(files, bytes, failures);
  }

  private Removal unreadable(IOException e) {
    return new Removal(0, 0, List.of(logs + " cannot be read: " + e));
  }

  /** A run of the same name may have begun since, and links may have come to stand there. */
  private boolean unchanged(Kept file) {
    Path parent = file.path().getParent();
    return parent != null
        && folder(parent)
        && kept(file.path()).filter(now -> now.equals(file)).isPresent();
  }

  private List<Kept> files() throws IOException {
    var files = new ArrayList<Kept>();
    for (Path folder : children(logs)) {
      if (folder(folder)) {
        children(folder).forEach(file -> kept(file).ifPresent(files::add));
      }
    }
    return files;
  }

  private Optional<Kept> kept(Path file) {
    try {
      BasicFileAttributes is =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return is.isRegularFile()
          ? Optional.of(new Kept(file, is.size(), is.lastModifiedTime().toInstant(), running(file)))
          : Optional.empty();
    } catch (IOException e) {
      // Gone meanwhile.
      return Optional.empty();
    }
  }

  private boolean running(Path file) {
    String run = file.getFileName().toString().replaceFirst("\\.(log|prompt\\.md|session)$", "");
    return Files.exists(runs.resolve(run), LinkOption.NOFOLLOW_LINKS);
  }

  /** Long empty only: a run that begins just now has made its folder and not yet its files. */
  private void deleteEmpty(Instant before) {
    try {
      for (Path folder : children(logs)) {
        if (folder(folder)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(before)
            && children(folder).isEmpty()) {
          Files.delete(folder);
        }
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // In use again, or deleted by another: the next time it is looked at anew.
    } catch (IOException e) {
      // An empty folder does no harm.
    }
  }

  private static boolean folder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> children(Path folder) throws IOException {
    var children = new ArrayList<Path>();
    if (folder(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(children::add);
      } catch (NoSuchFileException | NotDirectoryException e) {
        return List.of();
      }
    }
    return children;
  }
}
