package io.hyperloop.adapter.git;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What makes a fresh work tree ready to use.
 *
 * @param setup shell commands, run there one after the other
 * @param copy files or folders of the user's own tree, relative to its root, which are brought
 *     along unless they are committed; what was brought along never is
 * @param setupTimeout for all commands together
 */
public record WorktreeSettings(List<String> setup, List<String> copy, Duration setupTimeout) {
  public static final WorktreeSettings NONE =
      new WorktreeSettings(List.of(), List.of(), Duration.ofMinutes(10));

  public WorktreeSettings {
    setup = List.copyOf(setup);
    copy = copy.stream().map(WorktreeSettings::relative).toList();
    if (setupTimeout.isNegative() || setupTimeout.isZero()) {
      throw new IllegalArgumentException("setup_timeout is more than nothing");
    }
  }

  private static String relative(String text) {
    Path path = Path.of(text).normalize();
    if (path.isAbsolute()
        || path.toString().isEmpty()
        || path.startsWith("..")
        || path.startsWith(".git")) {
      throw new IllegalArgumentException("copy names files inside the repository, not " + text);
    }
    return path.toString().replace('\\', '/');
  }
}
