package io.hyperloop.adapter.agent;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Real sandboxes; without bubblewrap there is none, and the test fails. */
final class Sandboxes {
  private Sandboxes() {}

  /** For {@link LocalAgents} below that folder, who may write to all of it. */
  static Bubblewrap over(Path root) {
    return new Bubblewrap(
        program(),
        new Bubblewrap.Machine(
            root.resolve("state"), null, Set.of(root.resolve("home")), System.getenv()),
        true,
        List.of(root));
  }

  static Bubblewrap of(
      Path state, @Nullable Path common, Path home, Map<String, String> more, boolean network) {
    return new Bubblewrap(
        program(), new Bubblewrap.Machine(state, common, Set.of(home), more), network, List.of());
  }

  private static Path program() {
    return Bubblewrap.find(System.getenv())
        .orElseThrow(() -> new AssertionError("no bwrap in PATH: apt install bubblewrap"));
  }
}
