package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a repository is ready to be worked on. Each check names what is missing and what to type;
 * that there is a repository at all, {@link Repository#around} has seen to.
 */
public final class Readiness {
  private static final List<String> UNFINISHED =
      List.of("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply");

  private final Repository repository;
  private final Git git;

  public Readiness(Repository repository) {
    this.repository = repository;
    this.git = repository.git();
  }

  /**
   * The branch that is checked out, which has a commit.
   *
   * @throws PortFailure of kind USER if there is no commit yet, or HEAD is detached
   */
  public String branch() {
    Git.Result head = git.attempt("symbolic-ref", "--quiet", "HEAD");
    String name = head.text().replaceFirst("^refs/heads/", "");
    if (!git.attempt("rev-parse", "--quiet", "--verify", "HEAD^{commit}").ok()) {
      throw notReady(
          "there is no commit yet" + (head.ok() ? " on " + name : ""),
          "make one: git commit --allow-empty -m init");
    }
    if (!head.ok()) {
      if (rebasing()) {
        throw notReady(
            "a rebase is in progress: HEAD is detached",
            "finish it: git rebase --continue, or give it up: git rebase --abort");
      }
      throw notReady(
          "HEAD is detached: no branch is checked out",
          "check one out, such as: git switch " + suggestion("main"));
    }
    return name;
  }

  /**
   * The base branch: the configured one, else what origin/HEAD points at, else the one checked out.
   *
   * @throws PortFailure of kind USER if it does not exist, or as {@link #branch()}
   */
  public String base(@Nullable String configured) {
    String current = branch();
    if (configured == null) {
      Git.Result remote =
          git.attempt("symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
      if (!remote.ok() || !remote.text().startsWith("origin/")) {
        return current;
      }
      return existing(remote.text().substring("origin/".length()));
    }
    return existing(configured);
  }

  private String existing(String base) {
    if (git.attempt("rev-parse", "--quiet", "--verify", "refs/heads/" + base + "^{commit}").ok()) {
      return base;
    }
    boolean remote =
        git.attempt("rev-parse", "--quiet", "--verify", "refs/remotes/origin/" + base).ok();
    throw notReady(
        "the base branch " + base + " does not exist",
        remote
            ? "make it from the remote's: git branch " + base + " origin/" + base
            : "name an existing one in .hyperloop.yaml (base_branch) or with --branch, such as "
                + suggestion(base));
  }

  private String suggestion(String wanted) {
    Git.Result branches =
        git.attempt(
            "for-each-ref",
            "--sort=-committerdate",
            "--count=1000",
            "--format=%(refname:short)",
            "refs/heads");
    List<String> names = branches.text().lines().toList();
    return names.isEmpty() || names.contains(wanted) ? wanted : names.getFirst();
  }

  /**
   * Sees that {@code init} was run and its result committed.
   *
   * @param tip the base branch's
   * @param overlay a folder of the repository; null for a remote overlay
   */
  public void initialised(String tip, String base, @Nullable String overlay) {
    if (overlay == null) {
      return;
    }
    String folder = overlay.replaceAll("/+$", "");
    var committed = new CommittedFiles(repository);
    if (committed.folder(tip, folder).isPresent()) {
      return;
    }
    Git.Result local = git.attempt("rev-parse", "--quiet", "--verify", "refs/heads/" + base);
    if (local.ok() && committed.folder(local.text(), folder).isPresent()) {
      throw notReady(
          "the overlay " + folder + " is on your " + base + ", but not pushed",
          "push it: git push origin " + base);
    }
    if (Files.isDirectory(repository.top().resolve(folder))) {
      throw notReady(
          "the overlay " + folder + " is not committed on " + base,
          "commit it: git add .hyperloop .hyperloop.yaml "
              + folder
              + " && git commit -m hyperloop");
    }
    throw notReady(
        "hyperloop is not initialised here: " + base + " has no " + folder,
        "make it: hyperloop init");
  }

  /**
   * The failure of a base branch without any spec.
   *
   * @param patterns as configured
   */
  public PortFailure noSpec(String base, List<String> patterns, Predicate<String> isSpec) {
    List<String> waiting = uncommittedSpecs(patterns, isSpec);
    if (waiting.isEmpty()) {
      return notReady(
          "there is no spec on " + base + " (specs: " + String.join(", ", patterns) + ")",
          "write one, such as specs/auth.md, then: git add specs && git commit -m \"Add a spec\"");
    }
    String first = waiting.getFirst();
    return notReady(
        "no spec is committed on " + base,
        "commit yours: git add -- '"
            + first.replace("'", "'\\''")
            + "'"
            + (waiting.size() > 1 ? " and " + (waiting.size() - 1) + " more" : "")
            + ", then git commit -m \"Add specs\"");
  }

  /** Specs that are new or changed in the work tree, by path: nobody will see them as they are. */
  public List<String> uncommittedSpecs(List<String> patterns, Predicate<String> isSpec) {
    Git.Result status =
        git.attempt(
            arguments(
                List.of(
                    "--no-optional-locks",
                    "status",
                    "--porcelain",
                    "-z",
                    "--no-renames",
                    "--untracked-files=all"),
                patterns));
    return git.succeed(status).fields().stream()
        .filter(line -> line.charAt(0) != 'D' && line.charAt(1) != 'D')
        .map(line -> line.substring(3))
        // A name that is not UTF-8 is no spec's.
        .filter(path -> path.indexOf('\uFFFD') < 0 && isSpec.test(path))
        .sorted()
        .toList();
  }

  /**
   * Sees that no merge, rebase or the like waits to be finished in this work tree.
   *
   * @throws PortFailure of kind USER naming what is unfinished
   */
  public void nothingUnfinished() {
    for (String trace : UNFINISHED) {
      if (Files.exists(repository.gitDirectory().resolve(trace))) {
        throw notReady(
            "you are in the middle of something (" + trace + ")",
            "finish or abort it; see: git status");
      }
    }
  }

  /** The call with the patterns that take as pathspecs; those that exclude are the predicate's. */
  private boolean rebasing() {
    return Stream.of("rebase-merge", "rebase-apply")
        .map(name -> git.run("rev-parse", "--path-format=absolute", "--git-path", name))
        .anyMatch(path -> Files.exists(Path.of(path)));
  }

  private static String[] arguments(List<String> call, List<String> patterns) {
    var arguments = new ArrayList<>(call);
    arguments.add("--");
    patterns.stream()
        .filter(p -> !p.startsWith("!"))
        .forEach(p -> arguments.add(":(top,glob)" + p));
    return arguments.toArray(new String[0]);
  }

  /** The failure of a base branch that is not there; {@code remote} null for one of ours. */
  static PortFailure noBase(Path where, String base, @Nullable String remote) {
    return new PortFailure(
        remote == null
            ? Problem.user(
                "the branch " + base + " does not exist",
                where.toString(),
                "commit something on it, or name another with --branch")
            : Problem.user(
                "the branch " + base + " of " + remote + " is not known here",
                where.toString(),
                "push it: git push " + remote + " " + base + ", or name another with --branch"));
  }

  private PortFailure notReady(String what, String remedy) {
    return new PortFailure(Problem.user(what, repository.top().toString(), remedy));
  }
}
