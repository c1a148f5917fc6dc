package io.hyperloop.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which repository a command is about, and what its options say over the configuration.
 *
 * @param directory somewhere in the work tree
 * @param config another configuration file
 * @param branch another base branch
 * @param repo {@code owner/repository} on GitHub
 * @param maxWorkers at least 1
 */
public record Place(
    Path directory,
    @Nullable Path config,
    @Nullable String branch,
    @Nullable String repo,
    @Nullable Integer maxWorkers) {

  public static Place at(Path directory) {
    return new Place(directory, null, null, null, null);
  }
}
