package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.git.Leftovers.Backup;
import io.hyperloop.adapter.git.Leftovers.WorkTree;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  @TempDir Path temp;
  private TestRepository repository;
  private Path state;
  private Leftovers leftovers;

  @BeforeEach
  void create() {
    repository = TestRepository.create(temp.resolve("r"));
    state = temp.resolve("state");
    Repository around = repository.repository();
    CleanRoom room = CleanRoom.of(around, temp.resolve("room"));
    leftovers = new Leftovers(around, Bases.of(around, "main"), room, state);
  }

  private Path workTree(String run) throws IOException {
    Path folder = state.resolve("worktrees").resolve(run);
    Files.createDirectories(folder.getParent());
    repository.git("worktree", "add", "-q", "--detach", folder.toString());
    return folder;
  }

  @Test
  void workTreesOfRunsThatAreGoneAreFoundAndRemovedWithWhatGitKnowsOfThem() throws IOException {
    Path gone = workTree("task-001.verifier.0.0");
    Path live = workTree("task-002.verifier.0.0");

    List<WorkTree> found = leftovers.workTrees(Set.of("task-002.verifier.0.0"));
    assertThat(found).extracting(WorkTree::folder).containsExactly(gone);
    found.forEach(leftovers::remove);
    leftovers.clear();

    assertThat(gone).doesNotExist();
    assertThat(live).isDirectory();
    assertThat(leftovers.rubbish()).isEmpty();
    assertThat(repository.git("worktree", "list")).contains("task-002").doesNotContain("task-001");
  }

  @Test
  void aFolderThatAnAgentMadeBesideItsOwnIsOne() throws IOException {
    Path odd = Files.createDirectories(state.resolve("worktrees").resolve(".hidden"));

    List<WorkTree> found = leftovers.workTrees(Set.of());
    assertThat(found).extracting(WorkTree::folder).containsExactly(odd);
    found.forEach(leftovers::remove);
    leftovers.clear();

    assertThat(odd).doesNotExist();
  }

  @Test
  void whatWasBeingDeletedIsDeletedWithoutFollowingLinks() throws IOException {
    Path outside = Files.createDirectories(temp.resolve("outside"));
    Path precious = Files.writeString(outside.resolve("precious"), "x");
    Path grave = Files.createDirectories(state.resolve("rubbish").resolve("1-1"));
    Path unused = Files.createSymbolicLink(grave.resolve("link"), outside);
    Path released = Files.createDirectories(state.resolve("runs/.released/task-001.x"));

    assertThat(leftovers.rubbish()).containsExactly(grave, released);
    leftovers.clear();

    assertThat(leftovers.rubbish()).isEmpty();
    assertThat(precious).exists();
  }

  @Test
  void onlyBackupsOfOldCommitsAreFoundAndGoWhereTheyStand() {
    String tip = repository.git("rev-parse", "HEAD");
    Instant made =
        Instant.ofEpochSecond(Long.parseLong(repository.git("log", "-1", "--format=%ct")));
    String ref = Refs.BACKUP + "task-001/abc";
    repository.git("update-ref", ref, tip);
    repository.git("update-ref", "refs/hyperloop/specs/x", tip);
    repository.git("symbolic-ref", Refs.BACKUP + "task-001/link", "refs/heads/main");

    assertThat(leftovers.backups(made)).isEmpty();
    List<Backup> old = leftovers.backups(made.plus(Duration.ofSeconds(1)));
    assertThat(old).containsExactly(new Backup(ref, tip, made));
    assertThat(leftovers.delete(old.getFirst())).isTrue();

    assertThat(leftovers.backups(made.plusSeconds(1))).isEmpty();
    assertThat(repository.git("for-each-ref", "refs/hyperloop/specs")).contains("specs/x");
    assertThat(repository.git("rev-parse", "main")).isEqualTo(tip);
  }

  @Test
  void aBackupThatWasMovedMeanwhileStays() {
    String ref = Refs.BACKUP + "task-001/abc";
    repository.git("update-ref", ref, "HEAD");
    Backup seen = leftovers.backups(Instant.MAX).getFirst();
    repository.git("update-ref", ref, repository.commit("next"));

    assertThat(leftovers.delete(seen)).isFalse();
  }

  @Test
  void lookingLeavesTheStateDirectoryAsItIs() {
    assertThat(leftovers.workTrees(Set.of())).isEmpty();
    assertThat(leftovers.rubbish()).isEmpty();
    assertThat(leftovers.backups(Instant.MAX)).isEmpty();
    assertThat(state).doesNotExist();
  }
}
