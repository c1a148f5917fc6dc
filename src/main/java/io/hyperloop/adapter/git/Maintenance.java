package io.hyperloop.adapter.git;

import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a repository's objects and refs in few files while hyperloop adds to them, by {@code git
 * maintenance run --auto}, which does nothing as long as there is little to do.
 *
 * <p>Only tasks that delete no object: what agents or people just made and nothing refers to yet is
 * safe, whatever {@code gc.pruneExpire} says, and none of them starts {@code gc.recentObjectsHook}.
 * Deleting what is unreachable is left to the user's own {@code git gc}. Since an agent may have
 * written to the repository's configuration, hooks are off and no transport is allowed, not even to
 * fetch what a partial clone lacks.
 */
public final class Maintenance {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

  /** A lock that old is nobody's: git would pass over it in silence for ever. */
  private static final Duration LOCK_MAX = Duration.ofDays(1);

  /** In this order, and no other that the configuration enables. */
  private static final List<String> TASKS =
      List.of("pack-refs", "loose-objects", "incremental-repack");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "gc.autoDetach", "false",
          "maintenance.autoDetach", "false",
          "core.alternateRefsCommand", "false");

  private final Repository repository;
  private final InstantSource clock;

  public Maintenance(Repository repository, InstantSource clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Does what there is to do. Interrupting the thread ends it.
   *
   * @return what went wrong, in words; empty if nothing did
   */
  public Optional<String> run() {
    Optional<String> locked = locked();
    if (locked.isPresent()) {
      return locked;
    }
    Git git =
        Git.in(repository.commonDirectory())
            .within(TIME_LIMIT)
            .with(
                Map.of(
                    "GIT_DIR",
                    repository.commonDirectory().toString(),
                    "GIT_ALLOW_PROTOCOL",
                    "none",
                    "GIT_NO_LAZY_FETCH",
                    "1"))
            .configured(SETTINGS);
    var arguments = new ArrayList<>(List.of("maintenance", "run", "--auto", "--quiet"));
    TASKS.forEach(task -> arguments.add("--task=" + task));
    try (var _ = LockNote.write(repository.commonDirectory(), "git maintenance")) {
      Git.Result result = git.attempt(arguments.toArray(String[]::new));
      return result.ok()
          ? Optional.empty()
          : Optional.of(
              "git maintenance failed with exit code "
                  + result.exit()
                  + " and is tried again later: "
                  + result.err().strip());
    } catch (PortFailure e) {
      return Optional.of(e.problems().getFirst().what());
    }
  }

  private Optional<String> locked() {
    Path lock = repository.commonDirectory().resolve("objects").resolve("maintenance.lock");
    try {
      return Files.exists(lock, LinkOption.NOFOLLOW_LINKS)
              && Files.getLastModifiedTime(lock, LinkOption.NOFOLLOW_LINKS)
                  .toInstant()
                  .isBefore(clock.instant().minus(LOCK_MAX))
          ? Optional.of(
              lock
                  + " is older than a day, so that no git maintenance is done;"
                  + " unless one runs, delete it")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
