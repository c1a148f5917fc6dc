package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent may do to its work tree and to git, and that nothing comes of it. */
class HostileAgentTest {
  private static final String BRANCH = "hyperloop/task-001";

  @TempDir Path temp;
  private TestRepository repository;
  private GitWorkplace workplace;
  private WorkOrder order;
  private Path folder;
  private Path trace;

  @BeforeEach
  void prepare() {
    repository = TestRepository.create(temp.resolve("repository"));
    repository.write("specs/a.md", "spec\n").write(".hyperloop/state/format", "1\n");
    repository.write(".hyperloop/agents/x.yaml", "x: 1\n").write("src/a.txt", "a\n").commit("all");
    workplace = begun();
    var task = new TaskId(1);
    String tip = repository.git("rev-parse", "main");
    order =
        new WorkOrder(
            new JobKey.TaskStep(task, "implementer", 0, 0),
            "implementer",
            "",
            true,
            tip,
            new WorkOrder.Work(task, "Do", 0, new SpecRef("specs/a.md", tip), BRANCH, null));
    folder = workplace.prepare(order);
    trace = temp.resolve("started");
  }

  private GitWorkplace begun() {
    return Bases.workplace(repository.repository(), temp.resolve("state"));
  }

  @AfterEach
  void close() {
    workplace.remove(order);
    workplace.close();
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), text);
  }

  private void git(String... arguments) {
    String unused = Git.in(folder).run(arguments);
  }

  private void commit(String path, String text) throws IOException {
    write(path, text);
    git("add", "-A");
    git("commit", "-q", "-m", "by the agent");
  }

  private Delivery delivery() {
    return workplace.takeOver(order, "done");
  }

  private void assertTaken() {
    assertThat(delivery()).isInstanceOf(Delivery.Taken.class);
  }

  private String files() {
    return repository.git("ls-tree", "-r", "--name-only", BRANCH);
  }

  private List<String> backups() {
    return repository
        .git("for-each-ref", "--format=%(objectname)", "refs/hyperloop/backup")
        .lines()
        .toList();
  }

  private String mainTip() {
    return repository.git("rev-parse", "main");
  }

  @Test
  void aDeletedWorkTreeStillDeliversItsCommits() throws IOException {
    commit("new.txt", "new");
    Rubbish.delete(folder);
    assertTaken();
    assertThat(files()).contains("new.txt");
  }

  @Test
  void withoutGitsOwnNotesTheWorkIsUnusableButKept() throws IOException {
    write("new.txt", "new");
    Rubbish.delete(repository.path(".git/worktrees/" + order.key().name()));
    assertThat(delivery()).isInstanceOf(Delivery.Unusable.class);
    assertThat(repository.git("show", backups().getFirst() + ":new.txt")).isEqualTo("new");
  }

  @Test
  void aFileWhoseNameIsNoTextIsTakenToo() {
    git("-c", "alias.touch=!touch \"$(printf 'a\\377 b')\"", "touch");
    assertTaken();
    assertThat(files()).contains("\"a\\377 b\"");
  }

  @Test
  void withoutAnIndexWhatASparseCheckoutLeavesOutIsNotTakenForDeleted() throws IOException {
    workplace.remove(order);
    repository.git("sparse-checkout", "set", "specs");
    workplace.close();
    workplace = begun();
    folder = workplace.prepare(order);
    assertThat(folder.resolve("src")).doesNotExist();
    write("new.txt", "new");
    Files.delete(repository.path(".git/worktrees/" + order.key().name() + "/index"));
    assertTaken();
    assertThat(files()).contains("src/a.txt").contains("new.txt");
  }

  @Test
  void workOnAnotherBranchIsTakenFromThere() throws IOException {
    git("checkout", "-q", "-b", "elsewhere");
    commit("new.txt", "new");
    assertTaken();
    assertThat(files()).contains("new.txt");
  }

  @Test
  void workOnTheTasksBranchItselfIsTaken() throws IOException {
    git("checkout", "-q", BRANCH);
    commit("new.txt", "new");
    assertTaken();
    assertThat(files()).contains("new.txt");
  }

  @Test
  void switchingToTheBaseBranchIsUnusable() throws IOException {
    repository.git("checkout", "-q", "--detach");
    git("checkout", "-q", "main");
    write("new.txt", "new");
    assertThat(delivery()).isInstanceOf(Delivery.Unusable.class);
    assertThat(backups()).hasSize(1);
  }

  @Test
  void anOrphanIsUnusableAndKept() throws IOException {
    git("checkout", "-q", "--orphan", "lost");
    commit("new.txt", "new");
    Delivery delivery = delivery();
    assertThat(delivery).isInstanceOf(Delivery.Unusable.class);
    assertThat(repository.git("rev-parse", BRANCH)).isEqualTo(mainTip());
    assertThat(backups()).containsExactly(repository.git("rev-parse", "lost"));
  }

  @Test
  void anOrphanWithoutACommitIsUnusable() {
    git("checkout", "-q", "--orphan", "lost");
    assertThat(delivery()).isInstanceOf(Delivery.Unusable.class);
  }

  @Test
  void historyRewrittenToBeforeTheForkIsUnusable() throws IOException {
    git("reset", "-q", "--hard", "HEAD~1");
    commit("new.txt", "new");
    assertThat(delivery()).isInstanceOf(Delivery.Unusable.class);
    assertThat(repository.git("rev-parse", BRANCH)).isEqualTo(mainTip());
  }

  @Test
  void itsOwnHistoryRewrittenIsTakenAndTheOldKept() throws IOException {
    commit("one.txt", "one");
    assertTaken();
    String old = repository.git("rev-parse", BRANCH);
    git("commit", "-q", "--amend", "-m", "better");
    assertTaken();
    assertThat(repository.git("show", "-s", "--format=%s", BRANCH)).isEqualTo("better");
    assertThat(backups()).containsExactly(old);
  }

  @Test
  void aReplacementRefDoesNotForgeAncestry() throws IOException {
    git("checkout", "-q", "--orphan", "lost");
    commit("new.txt", "new");
    String lost = repository.git("rev-parse", "lost");
    repository.git("replace", "--graft", lost, mainTip());
    assertThat(delivery()).isInstanceOf(Delivery.Unusable.class);
  }

  @Test
  void changesToTheStateAreStripped() throws IOException {
    commit(".hyperloop/state/format", "99\n");
    write(".hyperloop/state/tasks/task-001.md", "status: complete");
    commit("new.txt", "new");
    assertTaken();
    assertThat(repository.git("diff", "--name-only", "main", BRANCH)).isEqualTo("new.txt");
  }

  @Test
  void changesToTheStateAloneAreNoChange() throws IOException {
    commit(".hyperloop/state/format", "99\n");
    assertThat(delivery())
        .isEqualTo(new Delivery.Taken(repository.git("rev-parse", BRANCH), false, false));
  }

  @Test
  void changesToSpecsAndTemplatesAreForbiddenAndUndoneAndTheRestIsKept() throws IOException {
    commit("specs/a.md", "easier\n");
    write(".hyperloop/agents/x.yaml", "x: 2\n");
    write("specs/more.md", "more");
    write(".hyperloop.yaml", "max_workers: 99");
    write("new.txt", "new");
    assertThat(delivery())
        .isEqualTo(
            new Delivery.Forbidden(
                List.of(
                    ".hyperloop.yaml", ".hyperloop/agents/x.yaml", "specs/a.md", "specs/more.md")));
    assertThat(repository.git("diff", "--name-only", "main", BRANCH)).isEqualTo("new.txt");
  }

  @Test
  void aLongListOfForbiddenPathsIsCut() throws IOException {
    for (int i = 0; i < 150; i++) {
      write("specs/" + i + ".md", "");
    }
    assertThat(delivery())
        .isInstanceOfSatisfying(
            Delivery.Forbidden.class,
            f -> assertThat(f.paths()).hasSize(101).contains("and 50 more"));
  }

  @Test
  void theFolderOfTheStateReplacedByAFileIsPutBack() throws IOException {
    Rubbish.delete(folder.resolve(".hyperloop"));
    write(".hyperloop", "a file");
    assertThat(delivery()).isInstanceOf(Delivery.Forbidden.class);
    assertThat(repository.git("diff", "--name-only", "main", BRANCH)).isEmpty();
  }

  @Test
  void plantedHooksAndProgramsAreNotStarted() throws IOException {
    String touch = "touch " + trace;
    for (String key :
        List.of(
            "filter.evil.clean",
            "filter.evil.smudge",
            "filter.evil.process",
            "core.fsmonitor",
            "diff.external",
            "core.sshCommand",
            "merge.evil.driver",
            "core.editor",
            "core.pager")) {
      repository.git("config", key, touch);
    }
    Path hooks = temp.resolve("hooks");
    Files.createDirectories(hooks);
    for (String hook :
        List.of("post-checkout", "pre-commit", "reference-transaction", "post-index-change")) {
      Path script = hooks.resolve(hook);
      Files.writeString(script, "#!/bin/sh\n" + touch + "\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
    repository.git("config", "core.hooksPath", hooks.toString());
    write(".gitattributes", "* filter=evil diff=evil merge=evil\n");
    Files.createDirectories(repository.path(".git/info"));
    Files.writeString(repository.path(".git/info/attributes"), "* filter=evil\n");
    write("new.txt", "new");
    assertTaken();
    Path next = workplace.prepare(order);
    assertThat(next.resolve("new.txt")).hasContent("new");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aGitFileThatPointsElsewhereIsNotFollowed() throws IOException {
    var other = TestRepository.create(temp.resolve("other"));
    other.git("config", "core.fsmonitor", "touch " + trace);
    write("new.txt", "new");
    Files.writeString(folder.resolve(".git"), "gitdir: " + other.path(".git") + "\n");
    assertTaken();
    assertThat(files()).contains("new.txt", "src/a.txt");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aRepositoryInPlaceOfTheGitFileIsNotFollowed() throws IOException {
    write("new.txt", "new");
    Files.delete(folder.resolve(".git"));
    git("init", "-q");
    assertTaken();
    assertThat(files()).contains("new.txt").doesNotContain(".git/");
  }

  @Test
  void aLinkInPlaceOfTheWorkTreeIsNotFollowed() throws IOException {
    var home = temp.resolve("home");
    Files.createDirectories(home);
    Files.writeString(home.resolve("secret"), "secret");
    Rubbish.delete(folder);
    Files.createSymbolicLink(folder, home);
    assertTaken();
    assertThat(files()).doesNotContain("secret");
    workplace.remove(order);
    workplace.close();
    assertThat(home.resolve("secret")).exists();
  }

  @Test
  void lockFilesAreNoHindrance() throws IOException {
    commit("new.txt", "new");
    write("more.txt", "more");
    Path own = repository.path(".git/worktrees/" + order.key().name());
    Files.createFile(own.resolve("index.lock"));
    Files.createFile(own.resolve("HEAD.lock"));
    Files.createFile(repository.path(".git/refs/heads/" + BRANCH + ".lock"));
    assertTaken();
    assertThat(files()).contains("new.txt", "more.txt");
  }

  @Test
  void aBrokenIndexIsNoHindrance() throws IOException {
    write("new.txt", "new");
    Files.delete(folder.resolve("src/a.txt"));
    Files.writeString(
        repository.path(".git/worktrees/" + order.key().name() + "/index"), "garbage");
    assertTaken();
    assertThat(files()).contains("new.txt").doesNotContain("src/a.txt");
  }

  @Test
  void anUnfinishedMergeIsTakenAsItLies() throws IOException {
    commit("src/a.txt", "ours\n");
    git("checkout", "-q", "-b", "theirs", "main");
    commit("src/a.txt", "theirs\n");
    git("checkout", "-q", "--detach", "HEAD@{2}");
    assertThat(Git.in(folder).attempt("merge", "theirs").ok()).isFalse();
    assertTaken();
    assertThat(repository.git("show", BRANCH + ":src/a.txt")).contains("<<<<<<<", "theirs");
  }

  @Test
  void aSymbolicRefInPlaceOfTheBranchDoesNotMoveTheBase() throws IOException {
    String main = mainTip();
    commit("new.txt", "new");
    repository.git("symbolic-ref", "refs/heads/" + BRANCH, "refs/heads/main");
    assertTaken();
    assertThat(mainTip()).isEqualTo(main);
    assertThat(files()).contains("new.txt");
  }

  @Test
  void aBranchThatTheAgentDeletedComesBack() throws IOException {
    commit("new.txt", "new");
    repository.git("branch", "-q", "-D", BRANCH);
    assertTaken();
    assertThat(files()).contains("new.txt");
  }

  @Test
  void oddNamesAreTaken() throws IOException {
    for (String name :
        List.of("line\nbreak", "quo\"te", "ta\tb", "-dash", ":colon", "ü", " space ")) {
      write("odd/" + name, name);
    }
    assertTaken();
    assertThat(repository.git("ls-tree", "-z", "--name-only", BRANCH + ":odd").split("\0"))
        .containsExactlyInAnyOrder(
            "line\nbreak", "quo\"te", "ta\tb", "-dash", ":colon", "ü", " space ");
  }

  @Test
  void linksAreTakenAsLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("out"), Path.of("/etc"));
    assertTaken();
    assertThat(repository.git("cat-file", "blob", BRANCH + ":out")).isEqualTo("/etc");
    workplace.remove(order);
    assertThat(Path.of("/etc/passwd")).exists();
  }

  @Test
  void repositoriesThatTheAgentClonedIntoItsTreeAreLeftOut() throws IOException {
    TestRepository.create(folder.resolve("cloned"))
        .git("config", "core.fsmonitor", "touch " + trace);
    TestRepository.empty(folder.resolve("begun"));
    write("new.txt", "new");
    assertTaken();
    assertThat(files()).contains("new.txt").doesNotContain("cloned", "begun");
    assertThat(trace).doesNotExist();
  }

  @Test
  void aSubmodulesOwnConfigurationIsNotRun() throws IOException {
    var inner = TestRepository.create(folder.resolve("inner"));
    git("add", "inner");
    git("commit", "-q", "-m", "a submodule");
    inner.write(".gitattributes", "* filter=evil\n").write("README.md", "changed\n");
    inner.git("config", "filter.evil.clean", "touch " + trace + "; cat");
    inner.git("config", "core.fsmonitor", "touch " + trace);
    write("new.txt", "new");
    assertTaken();
    assertThat(trace).doesNotExist();
    assertThat(repository.git("ls-tree", BRANCH, "inner")).startsWith("160000 commit");
  }

  @Test
  void aTreeWithAGitFolderInItIsUnusable() {
    String blob = repository.git("rev-parse", "main:src/a.txt");
    String inner = made("100755 blob " + blob + "\tpre-commit\n");
    String tree = made("040000 tree " + inner + "\t.git\n");
    String commit = Git.in(folder).run("commit-tree", "-m", "evil", "-p", "HEAD", tree);
    git("update-ref", "--no-deref", "HEAD", commit);
    assertThat(delivery()).isInstanceOf(Delivery.Unusable.class);
  }

  private String made(String entries) {
    return Git.in(folder).feed(entries.getBytes(StandardCharsets.UTF_8), "mktree").text();
  }

  @Test
  void aTreeThatUnfoldsWithoutEndIsUnusable() {
    String tree = repository.git("rev-parse", "main:src");
    for (int depth = 0; depth < 8; depth++) {
      var entries = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        entries.append("040000 tree ").append(tree).append('\t').append(i).append('\n');
      }
      tree = made(entries.toString());
    }
    String commit = Git.in(folder).run("commit-tree", "-m", "bomb", "-p", "HEAD", tree);
    git("update-ref", "--no-deref", "HEAD", commit);
    Delivery delivery = delivery();
    assertThat(delivery).isInstanceOf(Delivery.Unusable.class);
  }

  @Test
  void tensOfThousandsOfFilesAreTaken() throws IOException {
    for (int i = 0; i < 20_000; i++) {
      if (i % 1_000 == 0) {
        Files.createDirectories(folder.resolve("many/" + i / 1_000));
      }
      Files.createFile(folder.resolve("many/" + i / 1_000 + "/" + i));
    }
    assertTaken();
    assertThat(files().lines().filter(f -> f.startsWith("many/")).count()).isEqualTo(20_000);
  }

  @Test
  void aHugeFileIsTaken() throws IOException {
    try (var file =
        FileChannel.open(
            folder.resolve("huge"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[1]), 100L << 20);
    }
    assertTaken();
    assertThat(repository.git("cat-file", "-s", BRANCH + ":huge"))
        .isEqualTo(String.valueOf((100L << 20) + 1));
  }

  @Test
  void aReadOnlyTreeCanBeRemoved() throws IOException {
    write("deep/er/file", "x");
    assertThat(folder.resolve("deep").toFile().setWritable(false)).isTrue();
    assertThat(folder.toFile().setWritable(false)).isTrue();
    workplace.remove(order);
    workplace.close();
    assertThat(folder).doesNotExist();
    assertThat(temp.resolve("state/rubbish")).isEmptyDirectory();
  }
}
