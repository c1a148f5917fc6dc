package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseBranchTest {
  @TempDir private Path directory;
  private TestRepository repository;
  private String old;
  private String next;

  @BeforeEach
  void aBaseBranchAndACommitToFollow() {
    repository = TestRepository.create(directory.resolve("r"));
    repository.write("changed.txt", "old\n").write("gone/deep.txt", "gone\n");
    repository.write("mine.txt", "mine\n").write(".gitignore", "*.log\n");
    old = repository.commit("old");
    repository.write("changed.txt", "new\n").write("näw/with \"odd\"\n name.txt", "new\n");
    repository.git("rm", "-q", "gone/deep.txt");
    next = repository.commit("new");
    repository.git("reset", "-q", "--hard", old);
  }

  private BaseBranch base() {
    return Bases.of(repository.repository(), "main");
  }

  private String held() {
    Advance advance = base().advance(old, next, "test");
    assertThat(base().tip()).isEqualTo(old);
    assertThat(repository.path(".git/index.lock")).satisfies(this::absentOrOfThePerson);
    assertThat(repository.path(".git/hyperloop")).satisfies(this::withoutNotes);
    return assertThat(advance).asInstanceOf(type(Advance.Held.class)).actual().why();
  }

  private void absentOrOfThePerson(Path lock) throws IOException {
    assertThat(!Files.exists(lock) || Files.readString(lock).isEmpty()).isTrue();
  }

  private void withoutNotes(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var notes = Files.list(folder)) {
        assertThat(notes).isEmpty();
      }
    }
  }

  private String status() {
    return repository.git("status", "--porcelain", "--ignored");
  }

  @Test
  void aCheckedOutBaseFollows() {
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(next);
    assertThat(status()).isEmpty();
    assertThat(repository.read("changed.txt")).isEqualTo("new\n");
    assertThat(repository.path("gone")).doesNotExist();
    assertThat(repository.path(".git/hyperloop")).isEmptyDirectory();
    assertThat(repository.git("fsck", "--strict")).isEmpty();
  }

  @Test
  void aBaseThatIsNotCheckedOutJustMoves() {
    repository.git("checkout", "-q", "-b", "feature");
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(repository.git("rev-parse", "main")).isEqualTo(next);
    assertThat(repository.read("changed.txt")).isEqualTo("old\n");
    assertThat(status()).isEmpty();
  }

  @Test
  void aBaseCheckedOutInALinkedWorkTreeFollowsThere() {
    repository.git("checkout", "-q", "-b", "feature");
    Path linked = directory.resolve("linked tree");
    repository.git("worktree", "add", "-q", linked.toString(), "main");
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(linked.resolve("changed.txt")).hasContent("new");
    assertThat(Git.in(linked).run("status", "--porcelain")).isEmpty();
  }

  @Test
  void theMainWorkTreeFollowsOneWhoStandsInALinkedOne() {
    Path linked = directory.resolve("linked");
    repository.git("worktree", "add", "-q", "--detach", linked.toString());
    var base = Bases.of(Repository.around(linked), "main");
    assertThat(base.advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(repository.read("changed.txt")).isEqualTo("new\n");
    assertThat(status()).isEmpty();
  }

  @Test
  void aBranchElsewhereThanBelievedIsLeftAlone() {
    String other = repository.write("mine.txt", "more\n").commit("by a person");
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Moved());
    assertThat(base().tip()).isEqualTo(other);
    assertThat(status()).isEmpty();
  }

  @Test
  void aBranchThatIsMissingIsThePersonsToMake() {
    var base = Bases.of(repository.repository(), "nowhere");
    assertThatThrownBy(base::tip)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("nowhere does not exist");
  }

  @Test
  void whatAPersonHasNotCommittedStaysByteForByte() throws IOException {
    repository.write("mine.txt", "staged\n").write("staged-new.txt", "s\n");
    repository.git("add", "mine.txt", "staged-new.txt");
    repository.write("mine.txt", "modified\n");
    repository.write("untracked", "u\n").write("x.log", "ignored\n");
    Files.createSymbolicLink(repository.path("link"), Path.of("mine.txt"));
    String staged = repository.git("diff", "--no-ext-diff", "--cached");
    String before = status();
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(status()).isEqualTo(before);
    assertThat(repository.git("diff", "--no-ext-diff", "--cached")).isEqualTo(staged);
    assertThat(repository.read("mine.txt")).isEqualTo("modified\n");
    assertThat(repository.read("untracked")).isEqualTo("u\n");
    assertThat(repository.read("x.log")).isEqualTo("ignored\n");
    assertThat(repository.read("changed.txt")).isEqualTo("new\n");
  }

  @Test
  void anUncommittedChangeInATouchedFileHoldsItAndIsNamed() {
    repository.write("changed.txt", "a person's\n");
    assertThat(held()).contains("uncommitted changes").contains("changed.txt");
    assertThat(repository.read("changed.txt")).isEqualTo("a person's\n");
  }

  @Test
  void aStagedChangeInATouchedFileHoldsItEvenIfTheFileLooksTheSame() {
    repository.write("changed.txt", "a person's\n").git("add", "changed.txt");
    repository.write("changed.txt", "old\n");
    assertThat(held()).contains("changed.txt");
  }

  @Test
  void aDeletedTouchedFileHoldsIt() throws IOException {
    Files.delete(repository.path("gone/deep.txt"));
    assertThat(held()).contains("gone/deep.txt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"näw/with \"odd\"\n name.txt", "näw"})
  void anUntrackedFileInTheWayOfANewOneHoldsIt(String path) {
    repository.write(path, "a person's\n");
    assertThat(held()).contains("in the way").contains(path);
    assertThat(repository.read(path)).isEqualTo("a person's\n");
  }

  @Test
  void anIgnoredFileInTheWayOfANewOneHoldsIt() {
    repository.git("checkout", "-q", next);
    repository.write("new.log", "committed by force\n").git("add", "-f", "new.log");
    repository.git("commit", "-q", "-m", "log");
    next = repository.git("rev-parse", "HEAD");
    repository.git("checkout", "-q", "main");
    repository.write("new.log", "a person's\n");
    assertThat(held()).contains("new.log");
    assertThat(repository.read("new.log")).isEqualTo("a person's\n");
  }

  @Test
  void aFolderWithAPersonsFileInTheWayOfANewFileHoldsIt() throws IOException {
    Files.createDirectories(repository.path("näw/with \"odd\"\n name.txt"));
    repository.write("näw/with \"odd\"\n name.txt/x.log", "ignored\n");
    assertThat(held()).contains("x.log");
  }

  @Test
  void aFileThatBecomesAFolderAndBackFollows() {
    repository.git("rm", "-q", "mine.txt");
    repository.write("mine.txt/inner.txt", "i\n");
    next = repository.commit("folder");
    repository.git("reset", "-q", "--hard", old);
    assertThat(base().advance(old, next, "there")).isEqualTo(new Advance.Advanced());
    assertThat(status()).isEmpty();
    assertThat(base().advance(next, old, "back")).isEqualTo(new Advance.Advanced());
    assertThat(status()).isEmpty();
    assertThat(repository.read("mine.txt")).isEqualTo("mine\n");
  }

  @ParameterizedTest
  @CsvSource({
    "MERGE_HEAD, merge",
    "CHERRY_PICK_HEAD, cherry-pick",
    "REVERT_HEAD, revert",
    "rebase-merge, rebase",
  })
  void aPersonsUnfinishedOperationHoldsIt(String file, String operation) {
    repository.write(".git/" + file + (file.endsWith("HEAD") ? "" : "/end"), "");
    assertThat(held()).contains("a " + operation + " is in progress");
  }

  @Test
  void aRealRebaseOfTheBaseHoldsIt() {
    repository.git("checkout", "-q", "-b", "other");
    repository.write("mine.txt", "theirs\n").commit("theirs");
    repository.git("checkout", "-q", "main");
    old = repository.write("mine.txt", "ours\n").commit("ours");
    next = repository.git("commit-tree", "-p", old, "-m", "next", old + "^{tree}");
    assertThat(Git.in(repository.top()).attempt("rebase", "other").ok()).isFalse();
    assertThat(held()).contains("a rebase of it is in progress");
  }

  @Test
  void aLockOfAnotherGitCommandHoldsItAndStays() {
    repository.write(".git/index.lock", "");
    assertThat(held()).contains("index.lock exists");
    assertThat(repository.path(".git/index.lock")).exists();
  }

  @Test
  void unresolvedConflictsHoldIt() {
    repository.write("mine.txt", "stashed\n").git("stash");
    old = repository.write("mine.txt", "committed\n").commit("mine");
    next = repository.git("commit-tree", "-p", old, "-m", "next", next + "^{tree}");
    assertThat(Git.in(repository.top()).attempt("stash", "pop").ok()).isFalse();
    assertThat(held()).contains("unresolved conflicts").contains("mine.txt");
  }

  @Test
  void filesWithNewTimesButTheSameContentFollow() throws IOException {
    for (String file : new String[] {"changed.txt", "gone/deep.txt", "mine.txt"}) {
      Files.setLastModifiedTime(
          repository.path(file), java.nio.file.attribute.FileTime.fromMillis(1_000_000));
    }
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(status()).isEmpty();
  }

  @Test
  void aSparseCheckoutFollowsAndStaysSparse() {
    repository.git("sparse-checkout", "set", "--no-cone", "/mine.txt");
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(status()).isEmpty();
    assertThat(repository.path("changed.txt")).doesNotExist();
    assertThat(repository.git("ls-files", "-t", "changed.txt")).isEqualTo("S changed.txt");
  }

  @Test
  void aCloneWithoutCheckoutStaysWithoutFiles() {
    Path clone = directory.resolve("clone");
    repository.git("clone", "-q", "--no-checkout", repository.top().toString(), clone.toString());
    Git.in(clone).run("fetch", "-q", repository.top().toString(), next);
    var base = Bases.of(Repository.around(clone), "main");
    assertThat(base.advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(clone.resolve("mine.txt")).doesNotExist();
  }

  @Test
  void hooksOfThePersonDoNotRun() throws IOException {
    for (String hook : new String[] {"reference-transaction", "post-index-change"}) {
      repository.write(".git/hooks/" + hook, "#!/bin/sh\ntouch \"$PWD/ran\"\nexit 1\n");
      assertThat(repository.path(".git/hooks/" + hook).toFile().setExecutable(true)).isTrue();
    }
    assertThat(base().advance(old, next, "test")).isEqualTo(new Advance.Advanced());
    assertThat(repository.path("ran")).doesNotExist();
  }

  @Test
  void theReflogTellsWhoMovedTheBranch() {
    assertThat(base().advance(old, next, "merge task-001")).isEqualTo(new Advance.Advanced());
    assertThat(repository.git("reflog", "show", "main"))
        .asInstanceOf(STRING)
        .contains("hyperloop: merge task-001");
  }

  @Test
  void aMoveByOtherHandsWakesAndOursDoesNot() throws InterruptedException {
    try (BaseBranch base = base()) {
      var woken = new CountDownLatch(1);
      assertThat(base.advance(old, next, "ours")).isEqualTo(new Advance.Advanced());
      base.onChange(woken::countDown);
      repository.write("mine.txt", "more\n").commit("theirs");
      assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
