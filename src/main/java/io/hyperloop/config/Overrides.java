package io.hyperloop.config;

import org.jspecify.annotations.Nullable;

/** What flags say over the file; null where a flag was not given. */
public record Overrides(
    @Nullable String repo, @Nullable String baseBranch, @Nullable Integer maxWorkers) {
  public static final Overrides NONE = new Overrides(null, null, null);
}
