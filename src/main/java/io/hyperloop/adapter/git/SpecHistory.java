package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The last commit on the base branch that changed a file. A merge counts as one change, made where
 * it arrived; so the file at that commit is always the one that was asked about.
 */
final class SpecHistory {
  /** More paths than this are not named one by one: the command line has an end. */
  private static final int PATHS_MAX = 500;

  private final CleanRoom room;
  private final SpecPatterns patterns;

  SpecHistory(CleanRoom room, SpecPatterns patterns) {
    this.room = room;
    this.patterns = patterns;
  }

  /**
   * Looks up all paths in one run of git.
   *
   * @throws PortFailure if one of them never changed, which cannot be
   */
  Map<String, String> lastChanges(String tip, Collection<String> paths) {
    var call =
        new ArrayList<>(
            List.of(
                "--literal-pathspecs",
                "-c",
                "log.showSignature=false",
                "-c",
                "log.follow=false",
                "log",
                "--first-parent",
                "-m",
                "--no-renames",
                "--raw",
                "--no-abbrev",
                "-z",
                "--format=%H",
                "--end-of-options",
                tip,
                "--"));
    if (paths.size() <= PATHS_MAX) {
      call.addAll(paths);
    } else if (!patterns.roots().contains("")) {
      call.addAll(patterns.roots());
    }
    Git git = room.git();
    Set<String> missing = new HashSet<>(paths);
    var found = new HashMap<String, String>();
    String commit = tip;
    boolean name = false;
    for (String field : git.succeed(git.attempt(call.toArray(String[]::new))).fields()) {
      if (name) {
        if (missing.remove(field)) {
          found.put(field, commit);
        }
        name = false;
      } else if (field.startsWith(":") || field.startsWith("\n:")) {
        name = true;
      } else if (!field.isBlank()) {
        commit = field.strip();
      }
    }
    if (!missing.isEmpty()) {
      throw new PortFailure(
          Problem.environment(
              "git names no commit that changed " + String.join(", ", missing),
              "the history of " + tip,
              "a shallow clone may lack it: git fetch --unshallow"));
    }
    return found;
  }
}
