package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person's work tree follows the base branch by the settings of the run's start only. */
class PlantedSettingsTest {
  @TempDir Path temp;
  private TestRepository repository;
  private Path ran;
  private String old;
  private String next;

  @BeforeEach
  void aCommitThatNamesAFilter() {
    ran = temp.resolve("ran");
    repository = TestRepository.create(temp.resolve("r"));
    old = repository.write("a.txt", "old\n").write("b.txt", "old\n").commit("old");
    repository.write("a.txt", "new\n").write("new.txt", "new\n");
    next = repository.write(".gitattributes", "*.txt filter=f\n").commit("new");
    repository.git("reset", "-q", "--hard", old);
  }

  private void configure() {
    repository.git("config", "filter.f.smudge", "touch '" + ran + "'; cat");
    repository.git("config", "filter.f.clean", "touch '" + ran + "'; cat");
  }

  private BaseBranch begun() {
    CleanRoom room = CleanRoom.of(repository.repository(), temp.resolve("state"));
    room.close();
    return new BaseBranch(repository.repository(), "main", () -> room);
  }

  private void follows(BaseBranch base) {
    assertThat(base.advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(repository.read("a.txt")).isEqualTo("new\n");
    assertThat(repository.read("new.txt")).isEqualTo("new\n");
  }

  @Test
  void aFilterPlantedDuringTheRunIsNotStarted() {
    BaseBranch base = begun();
    configure();
    follows(base);
    assertThat(ran).doesNotExist();
  }

  @Test
  void norIsItWhileLookingForWhatIsUncommitted() {
    BaseBranch base = begun();
    configure();
    repository.write(".git/info/attributes", "* filter=f\n").write("b.txt", "mine\n");
    follows(base);
    assertThat(ran).doesNotExist();
    assertThat(repository.read("b.txt")).isEqualTo("mine\n");
  }

  @Test
  void aFilterOfTheUsersOwnIsStarted() {
    configure();
    follows(begun());
    assertThat(ran).exists();
  }

  @Test
  void whatIsLeftOutOfASparseCheckoutStaysOut() {
    repository.write("deep/in.txt", "in\n").write("other/out.txt", "out\n");
    old = repository.commit("more");
    repository.write("deep/in.txt", "in 2\n").write("other/out.txt", "out 2\n");
    next = repository.commit("even more");
    repository.git("reset", "-q", "--hard", old);
    BaseBranch base = begun();
    repository.git("sparse-checkout", "set", "deep");

    assertThat(base.advance(old, next, "test")).isEqualTo(new Advance.Advanced());

    assertThat(repository.read("deep/in.txt")).isEqualTo("in 2\n");
    assertThat(repository.path("other")).doesNotExist();
    assertThat(repository.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void lineEndsAreAsTheWorkTreeItselfWantsThem() {
    repository.git("checkout", "-q", "--detach");
    Path linked = temp.resolve("linked");
    repository.git("config", "extensions.worktreeConfig", "true");
    repository.git("worktree", "add", "-q", linked.toString(), "main");
    Git there = Git.in(linked);
    String unused =
        there.run("config", "--worktree", "core.autocrlf", "true")
            + there.run("rm", "-q", "--cached", "a.txt", "b.txt")
            + there.run("reset", "-q", "--hard");
    assertThat(linked.resolve("a.txt")).hasContent("old\r\n");
    follows(begun(), linked, "new\r\n");
  }

  private void follows(BaseBranch base, Path checkout, String expected) {
    assertThat(base.advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(checkout.resolve("a.txt")).hasContent(expected);
    assertThat(Git.in(checkout).run("status", "--porcelain")).isEmpty();
  }

  @Test
  void submodulesAreLeftAloneWhateverTheUserSetForThem() throws java.io.IOException {
    TestRepository library = TestRepository.create(temp.resolve("library"));
    repository.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "add",
        "-q",
        library.top().toString(),
        "lib");
    old = repository.commit("with a submodule");
    library.write("more.txt", "more\n").commit("more");
    Git lib = Git.in(repository.path("lib"));
    String unused = lib.run("-c", "protocol.file.allow=always", "pull", "-q");
    next = repository.write("a.txt", "new\n").commit("a newer submodule");
    unused = lib.run("checkout", "-q", "HEAD^");
    repository.git("reset", "-q", "--hard", old);
    repository.git("config", "submodule.recurse", "true");
    String link = java.nio.file.Files.readString(repository.path("lib/.git"));

    assertThat(begun().advance(old, next, "test")).isEqualTo(new Advance.Advanced());

    assertThat(repository.read("a.txt")).isEqualTo("new\n");
    assertThat(repository.path("lib/.git")).hasContent(link);
    assertThat(lib.run("status", "--porcelain")).isEmpty();
  }

  @Test
  void anIndexInTwoHalvesIsUnderstood() {
    repository.git("update-index", "--split-index");
    follows(begun());
    assertThat(repository.git("status", "--porcelain")).isEmpty();
    assertThat(repository.git("fsck")).isEmpty();
  }
}
