package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.testing.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedFilesTest {
  @TempDir Path folder;
  private TestRepository repository;

  @BeforeEach
  void create() {
    repository = TestRepository.create(folder.resolve("repository"));
  }

  @Test
  void filesAreThoseOfTheCommitWhateverTheWorkTreeHolds() {
    repository.write("a/b/one.txt", "1").write("a/zwei ü.txt", "2").write("c/three", "3");
    String commit = repository.commit("files");
    repository.write("a/b/one.txt", "changed").write("a/new", "new");

    assertThat(committed().files(commit, "a/"))
        .containsOnlyKeys("a/b/one.txt", "a/zwei ü.txt")
        .hasEntrySatisfying("a/b/one.txt", c -> assertThat(c).asString().isEqualTo("1"));
    assertThat(committed().files(commit, "missing")).isEmpty();
  }

  @Test
  void aFoldersIdIsGitsOwn() {
    repository.write("a/b/one.txt", "1").write("a/b.txt", "1");
    String commit = repository.commit("files");

    assertThat(committed().folder(commit, "a/b"))
        .contains(repository.git("rev-parse", commit + ":a/b"));
    assertThat(committed().folder(commit, "a/b.txt")).isEmpty();
    assertThat(committed().folder(commit, "a/b/c")).isEmpty();
  }

  @Test
  void packedObjectsAreReadToo() {
    repository.write("a/one.txt", "1");
    String commit = repository.commit("files");
    repository.git("gc", "-q", "--prune=now");

    assertThat(committed().files(commit, "a")).hasSize(1);
  }

  @Test
  void aHostileNameIsRefused() {
    String blob = repository.git("hash-object", "-w", "README.md");
    String inner = tree("100644 blob " + blob + "\tpasswd");
    String commit =
        repository.git(
            "commit-tree",
            "-m",
            "x",
            tree("040000 tree " + tree("040000 tree " + inner + "\t..") + "\ta"));

    assertThatThrownBy(() -> committed().files(commit, "a"))
        .hasMessageContaining("a name that no file may have")
        .hasMessageContaining("a/..");
  }

  @Test
  void aSubmoduleIsRefused() {
    String head = repository.git("rev-parse", "HEAD");
    repository.git("update-index", "--add", "--cacheinfo", "160000," + head + ",a/sub");
    repository.git("commit", "-q", "-m", "a submodule");

    assertThatThrownBy(() -> committed().files(repository.git("rev-parse", "HEAD"), "a"))
        .hasMessageContaining("neither a file nor a folder");
  }

  @Test
  void tooManyFilesAreRefused() {
    for (int i = 0; i <= 1000; i++) {
      repository.write("a/" + i, "x");
    }
    String commit = repository.commit("many");

    assertThatThrownBy(() -> committed().files(commit, "a")).hasMessageContaining("more than 1000");
  }

  @Test
  void tooLargeFilesAreRefused() {
    repository.write("a/big", "x".repeat(9 << 20));
    String commit = repository.commit("big");

    assertThatThrownBy(() -> committed().files(commit, "a"))
        .hasMessageContaining("more than 8 MiB");
  }

  /** A tree as no honest git would write it. */
  private String tree(String entry) {
    byte[] input = (entry + "\n").getBytes(StandardCharsets.UTF_8);
    return Git.in(repository.top()).succeed(Git.in(repository.top()).feed(input, "mktree")).text();
  }

  private CommittedFiles committed() {
    return new CommittedFiles(repository.repository());
  }
}
