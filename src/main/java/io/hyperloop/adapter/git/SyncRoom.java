package io.hyperloop.adapter.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Git that talks to remotes, in a {@link CleanRoom}: an agent that writes another SSH command,
 * credential helper or address into the repository's configuration would else be obeyed at the next
 * push. It has refs of its own, and is told what it needs to know of the repository's.
 */
final class SyncRoom {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final Git git;

  /**
   * A room, furnished.
   *
   * @param branch keeps two rooms apart that are in use at the same time
   */
  SyncRoom(Repository repository, CleanRoom cleanRoom, String branch) {
    this.directory = cleanRoom.besides("sync", branch);
    try {
      // A git that was ended at its time limit leaves locks.
      Rubbish.delete(directory);
    } catch (IOException e) {
      throw CleanRoom.unusable("a folder of hyperloop's own cannot be used", directory, e);
    }
    cleanRoom.furnish(directory, null, "");
    // An address may be relative to the work tree.
    this.git = cleanRoom.gitAt(directory).at(repository.top()).within(LIMIT);
  }

  Git git() {
    return git;
  }

  /** Has a ref stand where the repository's does, so that only what is new is transferred. */
  void tell(String ref, @Nullable String commit) {
    try {
      Path file = directory.resolve(ref);
      if (commit == null) {
        Files.deleteIfExists(file);
      } else {
        Files.createDirectories(file.getParent());
        Files.writeString(file, commit + "\n", StandardCharsets.US_ASCII);
      }
    } catch (IOException e) {
      throw CleanRoom.unusable("a folder of hyperloop's own cannot be used", directory, e);
    }
  }

  /** Where a ref stands in the room; null if there is none. */
  @Nullable String ref(String ref) {
    return Worktrees.read(directory.resolve(ref)).map(String::strip).orElse(null);
  }
}
