package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.State;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.StateStore.Saved;
import io.hyperloop.port.StateStore.Synced;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncing with a real bare repository as the remote, and with another person's clone of it. */
class StateSyncTest {
  private static final Synced DONE = new Synced.Done();

  @TempDir private Path directory;
  private TestRepository mine;
  private TestRepository theirs;

  @BeforeEach
  void aRemoteAndTwoClones() {
    mine = TestRepository.create(directory.resolve("mine"));
    mine.write("a.txt", "a\n").commit("content");
    mine.git("clone", "-q", "--bare", mine.top().toString(), remote());
    mine.git("remote", "add", "origin", remote());
    theirs = TestRepository.empty(directory.resolve("theirs"));
    theirs.git("remote", "add", "origin", remote());
    theirs.git("pull", "-q", "origin", "main");
    theirs.git("config", "user.name", "Jane");
  }

  private String remote() {
    return directory.resolve("remote.git").toString();
  }

  private static GitStateStore store(TestRepository repository, StatePlace place, boolean push) {
    return new GitStateStore(
        repository.repository(),
        Bases.of(repository.repository(), "main"),
        place,
        push,
        InstantSource.system());
  }

  private static GitStateStore store(TestRepository repository) {
    return store(repository, new StatePlace.Trunk(), true);
  }

  private static void save(GitStateStore store, int generation) {
    var e = Intake.EMPTY;
    var intake =
        new Intake(
            1, generation, e.handled(), List.of(), e.replans(), e.answers(), null, 0, null, null);
    assertThat(store.save(new State(TaskTable.EMPTY, Reviews.EMPTY, intake), "Ask the PM"))
        .isInstanceOf(Saved.Durable.class);
  }

  private String remoteLog(String branch) {
    return mine.git("--git-dir=" + remote(), "log", "--format=%s", branch);
  }

  private String mainOf(TestRepository repository) {
    return repository.git("rev-parse", "main");
  }

  @Test
  void settingsPlantedAfterTheStartAreNotObeyed() {
    Path ran = directory.resolve("ran");
    GitStateStore store = store(mine);
    save(store, 1);
    assertThat(store.sync()).isEqualTo(DONE);
    for (String service : List.of("receive-pack", "upload-pack")) {
      String key = "remote.origin." + service.replace("-", "");
      mine.git("config", key, "touch '" + ran + "'; git " + service);
    }
    mine.git("config", "remote.origin.pushurl", directory.resolve("elsewhere").toString());
    save(store, 2);

    assertThat(store.sync()).isEqualTo(DONE);

    assertThat(ran).doesNotExist();
    assertThat(remoteLog("main").lines()).hasSize(4);
    assertThat(mine.git("rev-parse", "origin/main")).isEqualTo(mainOf(mine));
  }

  @Test
  void aRemoteBesideTheWorkTreeMayBeNamedByARelativePath() {
    mine.git("remote", "set-url", "origin", "../remote.git");
    GitStateStore store = store(mine);
    save(store, 1);
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(remoteLog("main").lines()).hasSize(3);
  }

  @Test
  void withPushingOffTheNetworkIsLeftAlone() {
    GitStateStore store = store(mine, new StatePlace.Trunk(), false);
    save(store, 1);
    assertThat(store.sync()).isEqualTo(new Synced.Local());
    assertThat(remoteLog("main")).isEqualTo("content\ninit");
  }

  @Test
  void stateCommitsAndMergesArePushed() {
    GitStateStore store = store(mine);
    save(store, 1);
    mine.write("b.txt", "b\n").commit("Add b (task-001)\n\nTask-Ref: task-001");
    save(store, 2);
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(remoteLog("main"))
        .isEqualTo("Ask the PM [skip ci]\nAdd b (task-001)\nAsk the PM [skip ci]\ncontent\ninit");
    assertThat(store.sync()).isEqualTo(DONE);
  }

  @Test
  void aPersonsUnpushedCommitIsNeverPushed() {
    GitStateStore store = store(mine);
    save(store, 1);
    mine.write("b.txt", "b\n").commit("not ready [skip ci]");
    save(store, 2);
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(remoteLog("main")).isEqualTo("Ask the PM [skip ci]\ncontent\ninit");
    mine.git("push", "-q", "origin", "main~1:main");
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(remoteLog("main")).startsWith("Ask the PM [skip ci]\nnot ready");
  }

  @Test
  void foreignCodeIsBuiltUpon() {
    GitStateStore store = store(mine);
    save(store, 1);
    assertThat(store.sync()).isEqualTo(DONE);
    theirs.git("pull", "-q", "origin", "main");
    theirs.write("their.txt", "t\n").commit("their code");
    theirs.git("push", "-q", "origin", "main");
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(mainOf(mine)).isEqualTo(mainOf(theirs));
    assertThat(mine.read("their.txt")).isEqualTo("t\n");
    save(store, 2);
  }

  @Test
  void foreignCodeBesideOursIsMergedAndPushed() {
    GitStateStore store = store(mine);
    theirs.write("their.txt", "t\n").commit("their code");
    theirs.git("push", "-q", "origin", "main");
    save(store, 1);
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(mine.git("status", "--porcelain")).isEmpty();
    assertThat(mine.read("their.txt")).isEqualTo("t\n");
    assertThat(mine.git("rev-parse", "origin/main")).isEqualTo(mainOf(mine));
    assertThat(remoteLog("main")).startsWith("Merge what others pushed to main");
    save(store, 2);
    assertThat(store.sync()).isEqualTo(DONE);
    assertThat(mine.git("rev-parse", "origin/main")).isEqualTo(mainOf(mine));
  }

  @Test
  void codeThatContradictsOursWaitsForAPerson() {
    GitStateStore store = store(mine);
    theirs.write("a.txt", "theirs\n").commit("their code");
    theirs.git("push", "-q", "origin", "main");
    mine.write("a.txt", "ours\n").commit("Change a (task-001)\n\nTask-Ref: task-001");
    save(store, 1);
    String before = mainOf(mine);
    assertThat(store.sync()).isInstanceOf(Synced.Offline.class).asString().contains("a.txt");
    assertThat(mainOf(mine)).isEqualTo(before);
    assertThat(mine.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void aPersonsUnpushedCommitBesideForeignCodeIsNotMergedForHim() {
    theirs.write("their.txt", "t\n").commit("their code");
    theirs.git("push", "-q", "origin", "main");
    String before = mine.write("b.txt", "b\n").commit("mine");
    assertThat(store(mine).sync()).isInstanceOf(Synced.Offline.class);
    assertThat(mainOf(mine)).isEqualTo(before);
  }

  @Test
  void foreignStateOnTheTrunkIsAConflictThatNamesItsWriter() {
    GitStateStore store = store(mine);
    save(store, 1);
    GitStateStore other = store(theirs);
    save(other, 7);
    assertThat(other.sync()).isEqualTo(DONE);
    assertThat(store.sync())
        .isInstanceOf(Synced.Conflict.class)
        .asString()
        .contains("Jane <test@localhost>");
  }

  @Test
  void aStateBranchIsPushedAndFoundByAFreshClone() {
    var branch = new StatePlace.Branch("hyperloop/state");
    GitStateStore store = store(mine, branch, true);
    save(store, 1);
    assertThat(store.sync()).isEqualTo(DONE);
    theirs.git("fetch", "-q", "origin");
    assertThat(StatePlace.of(theirs.repository(), "main", null, false)).isEqualTo(branch);
    GitStateStore fresh = store(theirs, branch, true);
    assertThat(fresh.load().intake().generation()).isEqualTo(1);
    save(fresh, 2);
    assertThat(fresh.sync()).isEqualTo(DONE);
    assertThat(remoteLog("hyperloop/state")).isEqualTo("Ask the PM [skip ci]\n".repeat(2).strip());
    save(store, 3);
    assertThat(store.sync()).isInstanceOf(Synced.Conflict.class).asString().contains("Jane");
  }

  @Test
  void twoFirstWritersOfAStateBranchAreAConflict() {
    var branch = new StatePlace.Branch("hyperloop/state");
    GitStateStore first = store(mine, branch, true);
    GitStateStore second = store(theirs, branch, true);
    save(first, 1);
    save(second, 2);
    assertThat(first.sync()).isEqualTo(DONE);
    assertThat(second.sync()).isInstanceOf(Synced.Conflict.class);
  }

  @Test
  void aRemoteOutOfReachIsTriedAgainLater() {
    mine.git("remote", "set-url", "origin", directory.resolve("gone.git").toString());
    GitStateStore store = store(mine);
    save(store, 1);
    assertThat(store.sync()).isInstanceOf(Synced.Offline.class).asString().contains("gone.git");
  }
}
