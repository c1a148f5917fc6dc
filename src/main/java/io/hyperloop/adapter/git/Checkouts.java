package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The work trees of a repository, read from its files: asking the program costs a process. */
final class Checkouts {
  private final Repository repository;
  private final @Nullable Path mainRoot;
  private final Path workers;

  Checkouts(Repository repository) {
    this.repository = repository;
    this.workers = repository.stateDirectory(System.getenv());
    this.mainRoot = mainRoot(repository);
  }

  /** All work trees of people that are there now; what a worker checks out holds nobody up. */
  List<Checkout> all() {
    var all = new ArrayList<Checkout>();
    if (mainRoot != null && Files.isDirectory(mainRoot)) {
      all.add(new Checkout(mainRoot, repository.commonDirectory()));
    }
    try (DirectoryStream<Path> linked =
        Files.newDirectoryStream(repository.commonDirectory().resolve("worktrees"))) {
      for (Path gitDirectory : linked) {
        root(gitDirectory).map(root -> new Checkout(root, gitDirectory)).ifPresent(all::add);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return all;
    } catch (IOException e) {
      throw unreadable(e);
    }
    return all;
  }

  private Optional<Path> root(Path gitDirectory) {
    try {
      Path root =
          gitDirectory.resolve(line(gitDirectory.resolve("gitdir"))).normalize().getParent();
      return Optional.ofNullable(root)
          .filter(Files::isDirectory)
          .filter(r -> !r.startsWith(workers) && !r.startsWith(real(workers)));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  /** Those that have the ref checked out. */
  List<Checkout> on(String ref) {
    return all().stream()
        .filter(checkout -> line(checkout.gitDirectory().resolve("HEAD")).equals("ref: " + ref))
        .toList();
  }

  /** A rebase of that ref: HEAD is detached meanwhile, and the ref moves at its end. */
  Optional<String> rebaseOf(String ref) {
    for (Checkout checkout : all()) {
      for (String kind : List.of("rebase-merge", "rebase-apply")) {
        if (line(checkout.gitDirectory().resolve(kind).resolve("head-name")).equals(ref)) {
          return Optional.of("a rebase of it is in progress in " + checkout.root());
        }
      }
    }
    return Optional.empty();
  }

  private static @Nullable Path mainRoot(Repository repository) {
    Path common = repository.commonDirectory();
    if (repository.gitDirectory().equals(common)) {
      return repository.top();
    }
    Git git = repository.git();
    String gitDirectory = "--git-dir=" + common;
    if (git.attempt(gitDirectory, "config", "--type=bool", "core.bare").text().equals("true")) {
      return null;
    }
    Git.Result configured = git.attempt(gitDirectory, "config", "core.worktree");
    if (configured.ok()) {
      return common.resolve(configured.text()).normalize();
    }
    return common.endsWith(".git") ? common.getParent() : null;
  }

  private static String line(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return "";
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static PortFailure unreadable(IOException e) {
    return new PortFailure(
        Problem.environment(
            "the repository's work trees cannot be read: " + e, "", "look at: git worktree list"),
        e);
  }
}
