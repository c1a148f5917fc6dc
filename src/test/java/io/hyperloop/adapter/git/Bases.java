package io.hyperloop.adapter.git;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Base branches of repositories that are given a place of their own beside them for our files. */
final class Bases {
  private Bases() {}

  static BaseBranch of(Repository repository, String name) {
    return of(repository, name, step -> {});
  }

  static BaseBranch of(Repository repository, String name, Consumer<BaseBranch.Step> at) {
    Path top = repository.top();
    Path state = top.resolveSibling(top.getFileName() + "-state");
    CleanRoom room = CleanRoom.of(repository, state);
    return new BaseBranch(repository, name, () -> room, at);
  }
}
