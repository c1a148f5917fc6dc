package io.hyperloop.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.adapter.git.Git;
import io.hyperloop.adapter.git.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real repository for a test. Identity, HOME and global configuration are those that the build
 * gives the test JVM, never the developer's.
 */
public final class TestRepository {
  private final Path top;

  private TestRepository(Path top) {
    this.top = top;
  }

  /** An empty repository on branch main, without a commit. */
  public static TestRepository empty(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var repository = new TestRepository(directory);
    repository.git("init", "-q", "-b", "main");
    return repository;
  }

  /** A repository on branch main with one commit. */
  public static TestRepository create(Path directory) {
    var repository = empty(directory);
    repository.write("README.md", "sample\n");
    repository.commit("init");
    return repository;
  }

  /** The repository that is there already. */
  public static TestRepository at(Path directory) {
    return new TestRepository(directory);
  }

  public Path top() {
    return top;
  }

  public Path path(String relative) {
    return top.resolve(relative);
  }

  public Repository repository() {
    return Repository.around(top);
  }

  /** Runs git there, insists on success, and gives its output. */
  @CanIgnoreReturnValue
  public String git(String... arguments) {
    return Git.in(top).run(arguments);
  }

  @CanIgnoreReturnValue
  public TestRepository write(String path, String text) {
    try {
      Path file = top.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String read(String path) {
    try {
      return Files.readString(top.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits everything. Gives the commit. */
  @CanIgnoreReturnValue
  public String commit(String subject) {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", subject);
    return git("rev-parse", "HEAD");
  }
}
