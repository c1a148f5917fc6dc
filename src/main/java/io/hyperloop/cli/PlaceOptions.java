package io.hyperloop.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which repository, for commands that only look or ask. */
final class PlaceOptions {
  @Option(names = "--path", paramLabel = "DIR", description = "The repository (default: here).")
  @Nullable Path path;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration (default: .hyperloop.yaml).")
  @Nullable Path config;

  @Option(
      names = "--branch",
      paramLabel = "BASE",
      description = "The base branch (default: as configured).")
  @Nullable String branch;

  Place place(Context context) {
    return new Place(directory(context), config(context), branch, null, null);
  }

  Path directory(Context context) {
    return path == null ? context.directory() : context.directory().resolve(path);
  }

  @Nullable Path config(Context context) {
    return config == null ? null : context.directory().resolve(config);
  }
}
