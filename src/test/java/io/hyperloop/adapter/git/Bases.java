package io.hyperloop.adapter.git;

import io.hyperloop.adapter.agent.Guard;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Base branches of repositories that are given a place of their own beside them for our files. */
final class Bases {
  private Bases() {}

  static BaseBranch of(Repository repository, String name) {
    return of(repository, name, step -> {});
  }

  static BaseBranch of(Repository repository, String name, Consumer<AdvanceStep> at) {
    Path top = repository.top();
    Path state = top.resolveSibling(top.getFileName() + "-state");
    CleanRoom room = CleanRoom.of(repository, state);
    return new BaseBranch(repository, name, () -> room, at);
  }

  /** A workplace on the base branch {@code main}, without set-up and sandbox. */
  static GitWorkplace workplace(Repository repository, Path state) {
    return workplace(repository, state, WorktreeSettings.NONE, Map.of(), Guard.NONE);
  }

  static GitWorkplace workplace(
      Repository repository,
      Path state,
      WorktreeSettings settings,
      Map<String, String> environment,
      Guard guard) {
    return new GitWorkplace(
        repository,
        of(repository, "main"),
        CleanRoom.of(repository, state),
        new SpecPatterns(List.of("specs/**/*.md")),
        state,
        settings,
        environment,
        guard);
  }
}
