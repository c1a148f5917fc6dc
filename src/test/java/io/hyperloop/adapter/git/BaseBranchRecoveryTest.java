package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.port.PortFailure;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process dies between any two steps; the next one puts things right. */
class BaseBranchRecoveryTest {
  private static final String MAIN_LOCK = ".git/refs/heads/main.lock";

  @TempDir private Path directory;
  private TestRepository repository;
  private String old;
  private String next;

  /** Nothing in the product catches it, as nothing catches kill -9. */
  private static final class Killed extends Error {}

  @BeforeEach
  void aBaseBranchWithAPersonsWorkAndACommitToFollow() throws IOException {
    repository = TestRepository.create(directory.resolve("r"));
    repository.write("changed.txt", "old\n").write("run.sh", "#!/bin/sh\n");
    repository.write("gone/deep.txt", "gone\n").write("gone/\"quoted\"\n", "gone\n");
    repository.write("mine.txt", "mine\n").write(".gitignore", "*.log\n");
    repository.write("swap/inner", "inner\n");
    old = repository.commit("old");
    repository.write("changed.txt", "new\n").write("new/ünï \"x\"\n.txt", "new\n");
    repository.git("rm", "-q", "-r", "gone", "swap");
    repository.write("swap", "a file now\n");
    Files.createSymbolicLink(repository.path("link"), Path.of("changed.txt"));
    assertThat(repository.path("run.sh").toFile().setExecutable(true)).isTrue();
    next = repository.commit("new");
    repository.git("reset", "-q", "--hard", old);
    repository.write("staged.txt", "staged\n").write("mine.txt", "staged\n").git("add", ".");
    repository.write("mine.txt", "modified\n").write("x.log", "ignored\n");
  }

  private void dieAt(AdvanceStep step, Runnable before) {
    var base =
        Bases.of(
            repository.repository(),
            "main",
            at -> {
              if (at == step) {
                before.run();
                throw new Killed();
              }
            });
    assertThatThrownBy(() -> base.advance(old, next, "test")).isInstanceOf(Killed.class);
  }

  private List<String> recover() {
    return Bases.of(repository.repository(), "main").recover();
  }

  private void nothingIsLeftHalfDone() {
    assertThat(repository.path(".git/index.lock")).doesNotExist();
    assertThat(repository.path(".git/hyperloop")).isEmptyDirectory();
    assertThat(repository.path(".git")).isDirectoryNotContaining("glob:**index.hyperloop*");
    assertThat(repository.git("status", "--porcelain", "--ignored"))
        .isEqualTo("MM mine.txt\nA  staged.txt\n!! x.log");
    assertThat(repository.read("mine.txt")).isEqualTo("modified\n");
    assertThat(repository.git("show", ":mine.txt")).isEqualTo("staged");
    assertThat(recover()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(AdvanceStep.class)
  void aDeathBetweenAnyTwoStepsIsPutRight(AdvanceStep step) {
    dieAt(step, () -> {});
    assertThat(recover()).isNotEmpty().noneMatch(line -> line.contains("kept"));
    boolean counted = step.compareTo(AdvanceStep.SWAPPED) >= 0;
    assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(counted ? next : old);
    assertThat(repository.read("changed.txt")).isEqualTo(counted ? "new\n" : "old\n");
    nothingIsLeftHalfDone();
    if (!counted) {
      assertThat(Bases.of(repository.repository(), "main").advance(old, next, "again"))
          .isEqualTo(new Advance.Advanced());
      assertThat(repository.read("changed.txt")).isEqualTo("new\n");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDeathWithinTheSwapLeavesNoLockOfTheRef(boolean written) {
    dieAt(AdvanceStep.LOCKED, () -> repository.write(MAIN_LOCK, written ? next + "\n" : ""));
    assertThat(recover()).contains("unlocked refs/heads/main after an interruption");
    assertThat(repository.path(MAIN_LOCK)).doesNotExist();
    nothingIsLeftHalfDone();
  }

  @Test
  void aDeathWithinTheSwapOfABranchThatNobodyHasCheckedOutLeavesNoLockEither() {
    repository.git("checkout", "-q", "--detach");
    AdvanceNote unused =
        AdvanceNote.write(repository.repository(), "refs/heads/main", old, next, List.of());
    repository.write(MAIN_LOCK, next + "\n");
    assertThat(recover()).contains("unlocked refs/heads/main after an interruption");
    assertThat(Bases.of(repository.repository(), "main").advance(old, next, "again"))
        .isEqualTo(new Advance.Advanced());
    assertThat(repository.path(".git/hyperloop")).isEmptyDirectory();
  }

  @Test
  void aLockOfTheRefThatHoldsSomethingElseIsAPersonsAndStays() {
    dieAt(AdvanceStep.LOCKED, () -> repository.write(MAIN_LOCK, old + "\n"));
    assertThat(recover()).noneMatch(line -> line.contains("unlocked refs"));
    assertThat(repository.path(MAIN_LOCK)).hasContent(old);
  }

  @Test
  void gitThatGoesOnAfterADeathIsWaitedForBeforeFilesArePutRight() throws Exception {
    dieAt(AdvanceStep.COPIED, () -> {});
    Path copy;
    try (Stream<Path> files = Files.list(repository.path(".git"))) {
      copy = files.filter(f -> f.toString().contains("index.hyperloop-")).findFirst().orElseThrow();
    }
    var late = new ProcessBuilder("sh", "-c", "sleep 0.7; echo late > changed.txt");
    late.directory(repository.top().toFile()).environment().put("GIT_INDEX_FILE", copy.toString());
    Process orphan = late.start();
    assertThat(recover())
        .contains("waited for a git command that went on after the interruption")
        .anyMatch(line -> line.startsWith("kept ") && line.contains("changed.txt"));
    assertThat(orphan.isAlive()).isFalse();
  }

  @Test
  void filesWrittenHalfwayAreFinished() {
    dieAt(
        AdvanceStep.COPIED,
        () -> {
          repository.write("changed.txt", "new\n");
          repository.write(".git/index.hyperloop-x.lock", "half an index");
        });
    assertThat(recover()).noneMatch(line -> line.contains("kept"));
    assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(next);
    nothingIsLeftHalfDone();
  }

  @Test
  void whatAPersonChangedSinceIsKeptAndReported() {
    dieAt(AdvanceStep.SWAPPED, () -> {});
    repository.write("changed.txt", "a person's\n");
    repository.write("new/ünï \"x\"\n.txt", "a person's\n");
    assertThat(recover())
        .anyMatch(line -> line.startsWith("kept ") && line.contains("changed.txt"))
        .anyMatch(line -> line.startsWith("kept ") && line.contains("ünï"));
    assertThat(repository.read("changed.txt")).isEqualTo("a person's\n");
    assertThat(repository.read("new/ünï \"x\"\n.txt")).isEqualTo("a person's\n");
    assertThat(repository.git("diff", "--name-only", "changed.txt")).isEqualTo("changed.txt");
  }

  @Test
  void aRecoveryThatWasKilledItselfIsRecoveredFrom() {
    dieAt(AdvanceStep.SWAPPED, () -> {});
    // The next index is in place, the files are not.
    changeIndex("read-tree", "-m", "-i", old, next);
    assertThat(recover()).noneMatch(line -> line.contains("kept"));
    assertThat(repository.read("changed.txt")).isEqualTo("new\n");
    nothingIsLeftHalfDone();
  }

  @Test
  void anIndexWithUnresolvedConflictsIsDoneEntryByEntry() {
    String blob = repository.git("hash-object", "-w", "changed.txt");
    String conflict = "100644 " + blob + " %d\tconflict.txt\n";
    dieAt(AdvanceStep.SWAPPED, () -> {});
    byte[] stages =
        (conflict.formatted(1) + conflict.formatted(2)).getBytes(StandardCharsets.UTF_8);
    changeIndex(stages, "update-index", "--index-info");
    assertThat(recover()).noneMatch(line -> line.contains("kept"));
    assertThat(repository.read("changed.txt")).isEqualTo("new\n");
    assertThat(repository.git("diff-index", "--cached", "--name-only", "HEAD"))
        .isEqualTo("conflict.txt\nmine.txt\nstaged.txt");
  }

  private void changeIndex(String... command) {
    changeIndex(new byte[0], command);
  }

  /** Changes the index although it is locked. */
  private void changeIndex(byte[] input, String... command) {
    Path copy = repository.path(".git/copy");
    try {
      Files.copy(repository.path(".git/index"), copy, StandardCopyOption.COPY_ATTRIBUTES);
      Git git = Git.in(repository.top()).with(Map.of("GIT_INDEX_FILE", copy.toString()));
      assertThat(git.succeed(git.feed(input, command)).ok()).isTrue();
      Files.move(copy, repository.path(".git/index"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLinkThatLeadsOutOfTheTreeIsNotFollowed() throws IOException {
    dieAt(AdvanceStep.SWAPPED, () -> {});
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("deep.txt"), "gone\n");
    Files.delete(repository.path("gone/deep.txt"));
    Files.delete(repository.path("gone/\"quoted\"\n"));
    Files.delete(repository.path("gone"));
    Files.createSymbolicLink(repository.path("gone"), outside);
    assertThat(recover()).anyMatch(line -> line.startsWith("kept "));
    assertThat(outside.resolve("deep.txt")).hasContent("gone");
  }

  @Test
  void aWorkTreeThatAPersonTookElsewhereIsLeftAlone() throws IOException {
    dieAt(AdvanceStep.SWAPPED, () -> {});
    Files.delete(repository.path(".git/index.lock"));
    repository.git("symbolic-ref", "HEAD", "refs/heads/other");
    assertThat(recover()).isEmpty();
    assertThat(repository.read("changed.txt")).isEqualTo("old\n");
  }

  @Test
  void aGitCommandInTheWayOfRecoveryIsNamed() {
    dieAt(AdvanceStep.SWAPPED, () -> {});
    repository.write(".git/index.lock", "");
    assertThatThrownBy(this::recover)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("index.lock");
  }

  @Test
  void aMoveWhileAnInterruptedOneIsUnfinishedIsHeld() {
    dieAt(AdvanceStep.SWAPPED, () -> {});
    String after = repository.git("commit-tree", "-p", next, "-m", "after", next + "^{tree}");
    assertThat(Bases.of(repository.repository(), "main").advance(next, after, "test"))
        .isInstanceOf(Advance.Held.class)
        .asString()
        .contains("start hyperloop again");
  }
}
