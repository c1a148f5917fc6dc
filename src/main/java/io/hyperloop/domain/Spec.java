package io.hyperloop.domain;

import org.jspecify.annotations.Nullable;

/**
 * A spec as it stands on the base branch.
 *
 * @param path relative to the repository's root, {@code /} between folders
 * @param blob the 40 hex digits of its content
 * @param commit the last commit that changed it; null where nobody asked, because the blob is
 *     already handled
 */
public record Spec(String path, String blob, @Nullable String commit) {}
