package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.adapter.agent.Guard;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.port.Workplace;
import io.hyperloop.port.WorkplaceContract;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWorkplaceTest extends WorkplaceContract {
  @TempDir Path temp;
  private TestRepository repository;
  private GitWorkplace workplace;

  @BeforeEach
  void create() {
    repository = TestRepository.create(temp.resolve("repository"));
    workplace = with(WorktreeSettings.NONE);
  }

  @AfterEach
  void close() {
    workplace.close();
  }

  private GitWorkplace with(WorktreeSettings settings) {
    return Bases.workplace(
        repository.repository(), temp.resolve("state"), settings, System.getenv(), Guard.NONE);
  }

  private static WorktreeSettings settings(List<String> setup, List<String> copy) {
    return new WorktreeSettings(setup, copy, Duration.ofSeconds(20));
  }

  @Override
  protected Workplace workplace() {
    return workplace;
  }

  @Override
  protected String baseTip() {
    return repository.git("rev-parse", "main");
  }

  @Override
  protected String baseMoves() {
    return repository.write("base.txt", baseTip()).commit("base");
  }

  private String show(String what) {
    return repository.git("show", "-s", "--format=" + what, "hyperloop/task-001");
  }

  private String worktreesOfGit() {
    return repository.git("worktree", "list", "--porcelain");
  }

  @Test
  void aWorkTreeThatAnotherGitIsJustMakingHoldsNobodyUp() throws Exception {
    String made = ".git/worktrees/other/";
    repository.write(made + "gitdir", temp.resolve("other/.git") + "\n");
    repository.write(made + "HEAD", baseTip() + "\n").write(made + "commondir", "");
    Process other =
        new ProcessBuilder("sh", "-c", "sleep 0.4; echo ../.. > " + made + "commondir")
            .directory(repository.top().toFile())
            .start();
    assertThat(workplace.prepare(writer(0))).isDirectory();
    assertThat(other.waitFor()).isZero();
  }

  @Test
  void manyWorkTreesAreMadeAtTheSameTime() throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Path>>();
      for (int i = 1; i <= 24; i++) {
        WorkOrder order = reader(i);
        all.add(pool.submit(() -> workplace.prepare(order)));
      }
      for (Future<Path> one : all) {
        assertThat(one.get()).isDirectory();
      }
    }
  }

  @Test
  void aRunStandsDetachedAtTheBranchAndGitKnowsIt() {
    Path folder = workplace.prepare(writer(0));
    assertThat(Git.in(folder).run("rev-parse", "HEAD")).isEqualTo(baseTip());
    assertThat(Git.in(folder).attempt("symbolic-ref", "-q", "HEAD").ok()).isFalse();
    assertThat(Git.in(folder).run("status", "--porcelain")).isEmpty();
    assertThat(worktreesOfGit()).contains(folder.toString());
  }

  @Test
  void aRemovedRunIsGoneFromGitToo() {
    Path folder = workplace.prepare(writer(0));
    workplace.remove(writer(0));
    assertThat(worktreesOfGit()).doesNotContain(folder.toString());
    assertThat(repository.path(".git/worktrees")).isEmptyDirectory();
  }

  @Test
  void theAgentsOwnCommitsStayAsTheyAre() {
    Path folder = workplace.prepare(writer(0));
    write(folder.resolve("new.txt"), "new");
    String unused = Git.in(folder).run("add", "-A");
    unused = Git.in(folder).run("commit", "-q", "-m", "mine");
    String head = Git.in(folder).run("rev-parse", "HEAD");
    assertThat(workplace.takeOver(writer(0), "")).isEqualTo(new Delivery.Taken(head, true));
    assertThat(repository.git("rev-parse", "hyperloop/task-001")).isEqualTo(head);
  }

  @Test
  void whatItLeftUncommittedIsCommittedWithTrailers() {
    Path folder = workplace.prepare(writer(0));
    write(folder.resolve("new.txt"), "new");
    write(folder.resolve(".gitignore"), "*.log\n");
    write(folder.resolve("noise.log"), "noise");
    var unused = workplace.takeOver(writer(0), "\n Add a file \nand more");
    assertThat(show("%s")).isEqualTo("Add a file");
    assertThat(show("%(trailers)"))
        .isEqualTo(
            "Spec-Ref: specs/a.md@0123456789012345678901234567890123456789\n"
                + "Task-Ref: task-001\n");
    assertThat(repository.git("ls-tree", "-r", "--name-only", "hyperloop/task-001").lines())
        .containsExactly(".gitignore", "README.md", "new.txt");
  }

  @Test
  void hostileDetailCannotAddTrailersOrLines() {
    write(workplace.prepare(writer(0)).resolve("new.txt"), "new");
    String detail = "Task-Head: abc\u2028x\u0000\u001b[31m red\rTask-Ref: task-009\n---\n";
    var unused = workplace.takeOver(writer(0), detail);
    assertThat(show("%s")).doesNotContain("\n", "\u001b", "\u2028", "Task-Head:");
    assertThat(show("%(trailers:key=Task-Ref,valueonly)").strip()).isEqualTo("task-001");
    assertThat(show("%(trailers:key=Task-Head)").strip()).isEmpty();
  }

  @Test
  void filesStagedButNotCommittedAreTaken() {
    Path folder = workplace.prepare(writer(0));
    write(folder.resolve("new.txt"), "new");
    String unused = Git.in(folder).run("add", "new.txt");
    assertThat(taken(workplace.takeOver(writer(0), "")).changed()).isTrue();
    assertThat(repository.git("show", "hyperloop/task-001:new.txt")).isEqualTo("new");
  }

  @Test
  void deletedFilesAreTakenAsDeleted() throws IOException {
    Files.delete(workplace.prepare(writer(0)).resolve("README.md"));
    assertThat(taken(workplace.takeOver(writer(0), "")).changed()).isTrue();
    assertThat(repository.git("ls-tree", "-r", "hyperloop/task-001")).isEmpty();
  }

  @Test
  void aBranchRebasedOntoTheMovedBaseIsTaken() {
    var unused = taken(work(writer(0), "new.txt", "new"));
    Path folder = workplace.prepare(writer(1));
    baseMoves();
    String said = Git.in(folder).run("rebase", "-q", "main");
    assertThat(said).isEmpty();
    String old = repository.git("rev-parse", "hyperloop/task-001");
    assertThat(taken(workplace.takeOver(writer(1), "")).changed()).isTrue();
    assertThat(repository.git("show", "--format=", "--name-only", "hyperloop/task-001"))
        .isEqualTo("new.txt");
    assertThat(repository.git("for-each-ref", "--format=%(objectname)", "refs/hyperloop/backup"))
        .isEqualTo(old);
  }

  @Test
  void specsThatCameWithAMergeOfTheBaseAreNoChangeOfTheWorkers() {
    Path folder = workplace.prepare(writer(0));
    write(folder.resolve("new.txt"), "new");
    repository.write("specs/b.md", "by a person").commit("spec");
    String unused = Git.in(folder).run("add", "-A");
    unused = Git.in(folder).run("commit", "-q", "-m", "mine");
    unused = Git.in(folder).run("merge", "-q", "-m", "merge", "main");
    assertThat(taken(workplace.takeOver(writer(0), "")).changed()).isTrue();
  }

  @Test
  void setUpRunsInTheWorkTreeAndWhatItMakesIsNotCommitted() {
    workplace =
        with(settings(List.of("mkdir -p deps && echo x > deps/a && echo $HOME > home"), List.of()));
    Path folder = workplace.prepare(writer(0));
    assertThat(folder.resolve("home")).content().isEqualToIgnoringNewLines(System.getenv("HOME"));
    write(folder.resolve("deps/own.txt"), "by the agent");
    var unused = workplace.takeOver(writer(0), "");
    assertThat(repository.git("ls-tree", "-r", "--name-only", "hyperloop/task-001").lines())
        .containsExactly("README.md", "deps/own.txt");
  }

  @Test
  void aFailedSetUpTellsItsOutputAndLeavesNothing() {
    workplace = with(settings(List.of("true", "echo broken pipe dream >&2; exit 7"), List.of()));
    assertThatThrownBy(() -> workplace.prepare(writer(0)))
        .isInstanceOfSatisfying(
            PortFailure.class,
            e -> {
              assertThat(e.problems().getFirst().scope()).isEqualTo(Problem.Scope.TASK);
              assertThat(e).hasMessageContaining("exit code 7").hasMessageContaining("pipe dream");
            });
    assertThat(repository.path(".git/worktrees")).isEmptyDirectory();
  }

  @Test
  void aSetUpThatHangsIsEnded() {
    workplace = with(new WorktreeSettings(List.of("sleep 600"), List.of(), Duration.ofMillis(200)));
    assertThatThrownBy(() -> workplace.prepare(writer(0)))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("did not end within");
  }

  @Test
  void whatSetUpOfAKilledOrchestratorLeftRunningIsEnded() throws Exception {
    var settings = settings(List.of("setsid sleep 61 & echo $! > pid"), List.of());
    Path folder = with(settings).prepare(writer(0));
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
    assertThat(workplace.sweep(Set.of())).contains("ended 1 process of set-up commands");
    assertThat(left.onExit().get(5, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @Test
  void copiedFilesAreThereAndNeverCommitted() {
    repository.write(".env", "SECRET=1").write("config/local/a.yml", "a: 1");
    workplace = with(settings(List.of(), List.of(".env", "config/local")));
    Path folder = workplace.prepare(writer(0));
    assertThat(folder.resolve(".env")).hasContent("SECRET=1");
    assertThat(folder.resolve("config/local/a.yml")).hasContent("a: 1");
    write(folder.resolve("new.txt"), "new");
    var unused = workplace.takeOver(writer(0), "");
    assertThat(repository.git("ls-tree", "-r", "--name-only", "hyperloop/task-001").lines())
        .containsExactly("README.md", "new.txt");
  }

  @Test
  void aCopiedFileThatTheAgentCommittedIsInNoCommitOfTheBranch() {
    repository.write(".env", "SECRET=1");
    workplace = with(settings(List.of(), List.of(".env")));
    Path folder = workplace.prepare(writer(0));
    write(folder.resolve("new.txt"), "new");
    String unused = Git.in(folder).run("add", "-A");
    unused = Git.in(folder).run("commit", "-q", "-m", "all of it");
    unused = Git.in(folder).run("rm", "-q", "--cached", ".env");
    unused = Git.in(folder).run("commit", "-q", "-m", "oops");
    assertThat(taken(workplace.takeOver(writer(0), "")).changed()).isTrue();
    assertThat(repository.git("log", "--format=%s", "hyperloop/task-001", "--", ".env")).isEmpty();
    assertThat(repository.git("show", "hyperloop/task-001:new.txt")).isEqualTo("new");
  }

  @Test
  void aFileToCopyThatIsMissingIsNamed() {
    workplace = with(settings(List.of(), List.of(".env")));
    assertThatThrownBy(() -> workplace.prepare(writer(0)))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining(repository.path(".env").toString());
  }

  @Test
  void leftoversAreSweptExceptTheLiving() {
    Path dead = workplace.prepare(writer(0));
    Path alive = workplace.prepare(reader(0));
    assertThat(workplace.sweep(Set.of(reader(0).key().name())))
        .containsExactly("removed the work tree of task-001.implementer.0.0");
    assertThat(dead).doesNotExist();
    assertThat(alive).exists();
  }

  @Test
  void whatAKilledProcessDidNotNoteIsRemovedToo() throws IOException {
    Path folder = workplace.prepare(writer(0));
    Rubbish.delete(temp.resolve("state/rooms/task-001.implementer.0.0"));
    workplace.remove(writer(0));
    assertThat(folder).doesNotExist();
    assertThat(repository.path(".git/worktrees")).isEmptyDirectory();
  }

  @Test
  void aSparseCheckoutGivesSparseWorkTreesAndLosesNothing() {
    repository.write("in/a.txt", "a").write("out/b.txt", "b").commit("two folders");
    repository.git("sparse-checkout", "set", "in");
    workplace = with(WorktreeSettings.NONE);
    Path folder = workplace.prepare(writer(0));
    assertThat(folder.resolve("in/a.txt")).exists();
    assertThat(folder.resolve("out")).doesNotExist();
    write(folder.resolve("in/new.txt"), "new");
    assertThat(taken(workplace.takeOver(writer(0), "")).changed()).isTrue();
    assertThat(repository.git("ls-tree", "-r", "--name-only", "hyperloop/task-001").lines())
        .containsExactly("README.md", "in/a.txt", "in/new.txt", "out/b.txt");
  }

  @Test
  void theUsersOwnFiltersWork() {
    repository.git("config", "filter.shout.clean", "tr a-z A-Z");
    repository.git("config", "filter.shout.smudge", "tr A-Z a-z");
    repository.write(".gitattributes", "*.txt filter=shout\n").write("a.txt", "quiet").commit("f");
    workplace = with(WorktreeSettings.NONE);
    Path folder = workplace.prepare(writer(0));
    assertThat(folder.resolve("a.txt")).hasContent("quiet");
    write(folder.resolve("b.txt"), "loud");
    assertThat(taken(workplace.takeOver(writer(0), "")).changed()).isTrue();
    assertThat(repository.git("cat-file", "blob", "hyperloop/task-001:b.txt")).isEqualTo("LOUD");
  }

  @Test
  void aFolderOfAnyNameBesideTheWorkTreesIsSweptAway() throws IOException {
    Path odd = Files.createDirectories(temp.resolve("state/worktrees/.odd name"));
    assertThat(workplace.sweep(Set.of())).containsExactly("removed the work tree of .odd name");
    assertThat(odd).doesNotExist();
  }
}
