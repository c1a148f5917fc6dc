package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * Git over a person's work tree, in a {@link CleanRoom} too: a filter that an agent wrote into the
 * repository's configuration, and named in attributes that were merged, would else be started as
 * soon as the work tree follows the branch. Of what git keeps for the work tree only its index and
 * which part of the files it has are looked at.
 */
final class CheckoutRoom {
  private static final long SETTINGS_MAX = 1 << 20;

  private static final List<String> HARMLESS =
      List.of(
          "autocrlf",
          "eol",
          "filemode",
          "ignorecase",
          "safecrlf",
          "sparseCheckout",
          "sparseCheckoutCone",
          "symlinks");

  private final CleanRoom cleanRoom;
  private final Path directory;

  /**
   * A room for the work trees on one branch.
   *
   * @param branch keeps two rooms apart that are in use at the same time
   */
  CheckoutRoom(CleanRoom cleanRoom, String branch) {
    this.cleanRoom = cleanRoom;
    this.directory = cleanRoom.besides("checkout", branch);
  }

  /**
   * Git in a checkout's folder, on its own index unless told otherwise.
   *
   * @param head the commit that HEAD is to name
   */
  Git over(Checkout checkout, String head) {
    cleanRoom.furnish(directory, head, "");
    try {
      Path sparse = Path.of("info", "sparse-checkout");
      CleanRoom.copy(checkout.gitDirectory().resolve(sparse), directory.resolve(sparse));
      linkSharedIndexes(checkout.gitDirectory());
    } catch (IOException e) {
      throw checkout.failure("a git directory cannot be made", e);
    }
    return cleanRoom
        .gitAt(directory)
        .at(checkout.root())
        .with(
            Map.of(
                "GIT_WORK_TREE",
                checkout.root().toString(),
                "GIT_INDEX_FILE",
                checkout.index().toString()))
        .configured(settings(checkout));
  }

  /** A split index names its other half, which git looks for in the git directory. */
  private void linkSharedIndexes(Path gitDirectory) throws IOException {
    try (DirectoryStream<Path> shared = Files.newDirectoryStream(gitDirectory, "sharedindex.*")) {
      for (Path file : shared) {
        Path link = directory.resolve(file.getFileName());
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, file);
      }
    }
  }

  /**
   * What is set for that work tree alone, or was changed since we started, and starts nothing: a
   * person may have narrowed it, or want other line ends there.
   */
  private Map<String, String> settings(Checkout checkout) {
    Config common = settings(cleanRoom.commonDirectory().resolve("config"));
    boolean own = common.getBoolean("extensions", "worktreeConfig", false);
    Config here = own ? settings(checkout.gitDirectory().resolve("config.worktree")) : common;
    var found = new TreeMap<>(Map.of("core.splitIndex", "false"));
    for (String name : HARMLESS) {
      String everywhere = common.getString("core", null, name);
      String value = here.getString("core", null, name);
      if (value != null || everywhere != null) {
        found.put("core." + name, value != null ? value : everywhere);
      }
    }
    return found;
  }

  private static Config settings(Path file) {
    var settings = new Config();
    Optional<String> text = Worktrees.read(file, SETTINGS_MAX);
    try {
      settings.fromText(text.orElse(""));
      return settings;
    } catch (ConfigInvalidException | IllegalArgumentException e) {
      throw new PortFailure(
          Problem.environment(
              "git's configuration cannot be read: " + e.getMessage(),
              file.toString(),
              "mend it; git config --list tells what is wrong"),
          e);
    }
  }
}
