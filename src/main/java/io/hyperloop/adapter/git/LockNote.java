package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What is written down before anything of ours locks what all of a repository's refs or packs
 * share. The lock files themselves are git's and name nobody; a note that is still there tells a
 * killed process's successor that a lock made after it may be that process's.
 */
final class LockNote implements AutoCloseable {
  private static final String PREFIX = "locks-";

  /** Locked whenever a packed ref is deleted, or refs are packed. */
  static final String PACKED_REFS = "packed-refs.lock";

  /** Beside the refs, what maintenance locks. */
  static final List<String> SHARED =
      List.of(PACKED_REFS, "objects/maintenance.lock", "objects/pack/multi-pack-index.lock");

  private final Path common;
  private final Path file;

  private LockNote(Path common, Path file) {
    this.common = common;
    this.file = file;
  }

  /**
   * Writes one.
   *
   * @param common the git directory that all work trees share
   * @param why what is about to be done, for people
   */
  static LockNote write(Path common, String why) {
    Path file = common.resolve("hyperloop").resolve(PREFIX + UUID.randomUUID());
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, why + "\n");
    } catch (IOException e) {
      throw Notes.failure(file, e);
    }
    return new LockNote(common, file);
  }

  /** Those that processes left. */
  static List<Path> left(Path common) {
    var notes = new ArrayList<Path>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(common.resolve("hyperloop"), PREFIX + "*")) {
      files.forEach(notes::add);
      return notes;
    } catch (NoSuchFileException e) {
      return notes;
    } catch (IOException e) {
      throw Notes.failure(common.resolve("hyperloop"), e);
    }
  }

  /**
   * Forgets it. Where there is a lock, the note stays for the next start to look at: it may be that
   * of a git of ours which had to be killed.
   */
  @Override
  public void close() {
    boolean locked =
        SHARED.stream()
            .anyMatch(lock -> Files.exists(common.resolve(lock), LinkOption.NOFOLLOW_LINKS));
    if (!locked) {
      Notes.delete(file);
    }
  }
}
