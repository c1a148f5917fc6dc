package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Commits single new files to the branch that is checked out, and nothing else: whatever a person
 * has staged or changed besides stays staged or changed.
 */
public final class PathCommit {
  private final Repository repository;
  private final Git git;

  public PathCommit(Repository repository) {
    this.repository = repository;
    this.git = repository.git();
  }

  /**
   * What was committed.
   *
   * @param commit empty if every path was committed already, so that there was nothing to do
   */
  public record Committed(String commit, List<String> paths) {
    public Committed {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Commits those of the files that HEAD does not have; a staged one as it is staged. The index
   * comes first and the branch last, so that a kill in between leaves files staged and no more.
   *
   * @param paths existing files, relative to the root
   * @throws PortFailure with git's own message if git refuses
   */
  public Committed commit(Collection<String> paths, String message) {
    String head = git.run("rev-parse", "--verify", "HEAD^{commit}");
    var fresh = new TreeSet<>(paths);
    fresh.removeAll(inHead());
    if (fresh.isEmpty()) {
      return new Committed("", List.of());
    }
    var unstaged = new TreeSet<>(fresh);
    staged(fresh).forEach(entry -> unstaged.remove(path(entry)));
    git.succeed(git.feed(joined(unstaged), "update-index", "--add", "-z", "--stdin"));
    List<String> entries = staged(fresh);
    if (entries.isEmpty()) {
      throw new IllegalStateException("nothing of " + fresh + " came into the index");
    }
    String tree = tree(head, entries);
    String commit = commitTree(tree, head, message);
    git.run(
        "update-ref",
        "-m",
        "hyperloop: " + message.lines().findFirst().orElse(""),
        "HEAD",
        commit,
        head);
    return new Committed(commit, entries.stream().map(PathCommit::path).toList());
  }

  private Set<String> inHead() {
    return new HashSet<>(
        git.succeed(git.attempt("ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD"))
            .fields());
  }

  /** Lines of {@code ls-files --stage} for those paths, without those that only intend to add. */
  private List<String> staged(Set<String> paths) {
    var entries = new ArrayList<String>();
    Set<String> intended = intendedOnly();
    for (String entry : git.succeed(git.attempt("ls-files", "-z", "--stage")).fields()) {
      if (paths.contains(path(entry)) && !intended.contains(path(entry))) {
        if (!entry.substring(0, entry.indexOf('\t')).endsWith(" 0")) {
          throw new PortFailure(
              Problem.user(
                  "the file is in conflict", path(entry), "finish your merge, then try again"));
        }
        entries.add(entry);
      }
    }
    return entries;
  }

  /** Files of {@code git add --intent-to-add}: git diff takes them for new against the index. */
  private Set<String> intendedOnly() {
    return new HashSet<>(
        git.succeed(
                git.attempt(
                    "diff-files",
                    "-z",
                    "--name-only",
                    "--diff-filter=A",
                    "--ita-invisible-in-index"))
            .fields());
  }

  private String tree(String head, List<String> entries) {
    Path index = repository.gitDirectory().resolve("hyperloop-index-" + UUID.randomUUID());
    Git aside = git.with(Map.of("GIT_INDEX_FILE", index.toString()));
    try {
      aside.run("read-tree", head);
      aside.succeed(aside.feed(joined(entries), "update-index", "-z", "--index-info"));
      return aside.run("write-tree");
    } finally {
      delete(index);
    }
  }

  private String commitTree(String tree, String head, String message) {
    Identity who = Identity.ask(git);
    Git by =
        git.with(
            Map.of(
                "GIT_AUTHOR_NAME", who.name(),
                "GIT_AUTHOR_EMAIL", who.email(),
                "GIT_COMMITTER_NAME", who.name(),
                "GIT_COMMITTER_EMAIL", who.email()));
    byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
    return by.succeed(by.feed(text, "commit-tree", tree, "-p", head, "-F", "-")).text();
  }

  private static void delete(Path index) {
    try {
      Files.deleteIfExists(index);
    } catch (IOException e) {
      // A leftover of ours that nothing looks at.
    }
  }

  private static String path(String entry) {
    return entry.substring(entry.indexOf('\t') + 1);
  }

  private static byte[] joined(Collection<String> fields) {
    var text = new StringBuilder();
    fields.forEach(field -> text.append(field).append('\0'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
