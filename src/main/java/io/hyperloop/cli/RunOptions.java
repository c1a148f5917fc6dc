package io.hyperloop.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What can be said over the configuration when work is to be done. */
final class RunOptions {
  @Mixin PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--repo",
      paramLabel = "OWNER/REPO",
      description = "Work through pull requests on GitHub (default: as configured).")
  @Nullable String repo;

  @Option(
      names = "--max-workers",
      paramLabel = "N",
      description = "At most so many agents at a time (default: 6).")
  @Nullable Integer maxWorkers;

  Place place(BaseCommand command) {
    if (maxWorkers != null && maxWorkers < 1) {
      throw command.wrong("--max-workers is at least 1, not " + maxWorkers);
    }
    if (repo != null && !repo.matches("[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")) {
      throw command.wrong("--repo is OWNER/REPO, not " + repo);
    }
    return new Place(
        place.directory(command.context),
        place.config(command.context),
        place.branch,
        repo,
        maxWorkers);
  }
}
