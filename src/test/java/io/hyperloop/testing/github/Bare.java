package io.hyperloop.testing.github;

import io.hyperloop.adapter.git.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bare repository behind the double. What GitHub does to a repository is done to it by git. */
final class Bare {
  private final Path path;
  private final Git git;

  private Bare(Path path) {
    this.path = path;
    this.git =
        Git.in(path)
            .with(
                Map.of(
                    "GIT_COMMITTER_NAME", "GitHub",
                    "GIT_COMMITTER_EMAIL", "noreply@github.com",
                    "GIT_AUTHOR_NAME", "GitHub",
                    "GIT_AUTHOR_EMAIL", "noreply@github.com"));
  }

  /** Makes one with one commit on {@code main}. */
  static Bare create(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Git.in(path).run("init", "-q", "--bare", "-b", "main");
    var bare = new Bare(path);
    String tree = bare.treeWith(bare.emptyTree(), "README.md", "sample\n");
    bare.move("main", bare.commit(tree, List.of(), "Initial commit"));
    return bare;
  }

  /** One that is there. */
  static Bare at(Path path) {
    return new Bare(path);
  }

  Path path() {
    return path;
  }

  Optional<String> head(String branch) {
    Git.Result result =
        git.attempt("rev-parse", "-q", "--verify", "refs/heads/" + branch + "^{commit}");
    return result.ok() ? Optional.of(result.text()) : Optional.empty();
  }

  /** All branches with their heads. */
  Map<String, String> heads() {
    var heads = new LinkedHashMap<String, String>();
    git.run("for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/heads")
        .lines()
        .forEach(line -> heads.put(line.substring(line.indexOf(' ') + 1), line.split(" ")[0]));
    return heads;
  }

  /** The branches whose heads a commit contains. */
  Set<String> branchesIn(String commit) {
    return Set.copyOf(
        git.run("for-each-ref", "--merged=" + commit, "--format=%(refname:lstrip=2)", "refs/heads")
            .lines()
            .toList());
  }

  void move(String branch, String commit) {
    git.run("update-ref", "refs/heads/" + branch, commit);
  }

  /** Makes that many branches of one commit, named after one and numbered from 1. */
  void fan(String name, int many, String commit) {
    var lines = new StringBuilder();
    for (int i = 1; i <= many; i++) {
      lines.append("create refs/heads/%s-%d %s\n".formatted(name, i, commit));
    }
    byte[] input = lines.toString().getBytes(StandardCharsets.UTF_8);
    Git.Result unused = git.succeed(git.feed(input, "update-ref", "--stdin"));
  }

  /** Refuses pushes to a branch, in GitHub's words. */
  void guard(String branch) {
    String hook =
        """
        #!/bin/sh
        while read old new ref; do
          if [ "$ref" = "refs/heads/%1$s" ]; then
            echo "error: GH006: Protected branch update failed for $ref." >&2
            echo "error:" >&2
            echo "error: - Changes must be made through a pull request." >&2
            exit 1
          fi
        done
        """
            .formatted(branch);
    Path file = path.resolve("hooks/pre-receive");
    try {
      Files.createDirectories(path.resolve("hooks"));
      Files.writeString(file, hook);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String branch) {
    git.run("update-ref", "-d", "refs/heads/" + branch);
  }

  /** Keeps the commits of a pull request whose branch may go. */
  void keep(int pull, String commit) {
    git.run("update-ref", "refs/pull/" + pull + "/head", commit);
  }

  boolean contains(String commit, String ancestor) {
    return git.attempt("merge-base", "--is-ancestor", ancestor, commit).ok();
  }

  /** The tree of both together; empty if they contradict each other. */
  Optional<String> merged(String base, String head) {
    Git.Result result = git.attempt("merge-tree", "--write-tree", base, head);
    return result.ok()
        ? Optional.of(result.text().lines().findFirst().orElseThrow())
        : Optional.empty();
  }

  String commit(String tree, List<String> parents, String message) {
    var arguments = new java.util.ArrayList<>(List.of("commit-tree", tree));
    parents.forEach(parent -> arguments.addAll(List.of("-p", parent)));
    Git.Result result =
        git.feed(message.getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new));
    return git.succeed(result).text();
  }

  /** The head's own commits, one after the other on top of the base. */
  String rebased(String base, String head) {
    Path worktree = path.resolveSibling(path.getFileName() + "-rebase");
    git.run("worktree", "add", "-q", "--detach", worktree.toString(), head);
    try {
      git.at(worktree).run("rebase", "-q", base);
      return git.at(worktree).run("rev-parse", "HEAD");
    } finally {
      git.run("worktree", "remove", "--force", worktree.toString());
    }
  }

  /** Commits one file to a branch, which begins at {@code start} if it is not there. */
  String write(String branch, String start, String file, String text, String message) {
    String parent = head(branch).or(() -> head(start)).orElseThrow();
    String commit = commit(treeWith(parent + "^{tree}", file, text), List.of(parent), message);
    move(branch, commit);
    return commit;
  }

  /** A file's text at a commit; empty if it is not there. */
  String read(String commit, String file) {
    Git.Result result = git.attempt("show", commit + ":" + file);
    return result.ok() ? new String(result.out(), StandardCharsets.UTF_8) : "";
  }

  /** The message of a commit, with its subject. */
  String message(String commit) {
    return git.run("log", "-1", "--format=%B", commit).strip();
  }

  /** How many commits {@code head} has that {@code base} lacks. */
  int ahead(String base, String head) {
    return Integer.parseInt(git.run("rev-list", "--count", base + ".." + head));
  }

  private String treeWith(String tree, String file, String text) {
    Path index = path.resolve("double-index");
    Git staged = git.with(Map.of("GIT_INDEX_FILE", index.toString()));
    staged.run("read-tree", tree);
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    String blob = git.succeed(git.feed(content, "hash-object", "-w", "--stdin")).text();
    staged.run("update-index", "--add", "--cacheinfo", "100644," + blob + "," + file);
    return staged.run("write-tree");
  }

  private String emptyTree() {
    return git.succeed(git.feed(new byte[0], "mktree")).text();
  }
}
