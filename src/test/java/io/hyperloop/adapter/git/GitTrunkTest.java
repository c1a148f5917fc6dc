package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Trunk;
import io.hyperloop.port.TrunkContract;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTrunkTest {

  /** The contract, and what is true of git with every strategy. */
  abstract static class Every extends TrunkContract {
    @TempDir Path temp;
    TestRepository repository;
    GitTrunk trunk;

    abstract MergeStrategy strategy();

    @BeforeEach
    void create() {
      repository = TestRepository.create(temp.resolve("repository"));
      repository.git("worktree", "add", "-q", "--detach", temp.resolve("tasks").toString());
      trunk = trunk(true);
    }

    GitTrunk trunk(boolean deleteBranch) {
      Repository around = repository.repository();
      return new GitTrunk(
          around,
          Bases.of(around, "main"),
          CleanRoom.of(around, temp.resolve("state")),
          strategy(),
          deleteBranch);
    }

    @Override
    protected Trunk trunk() {
      return trunk;
    }

    /** In a work tree of its own, as workers do. */
    String commit(TaskId task, String file, String text, String message) {
      Git git = Git.in(temp.resolve("tasks"));
      String from = hasBranch(task) ? branch(task) : "main";
      String unused = git.run("checkout", "-q", "--detach", from);
      TestRepository.empty(temp.resolve("scratch")).write("file", text);
      String blob = git.run("hash-object", "-w", temp.resolve("scratch/file").toString());
      unused = git.run("update-index", "--add", "--cacheinfo", "100644," + blob + "," + file);
      unused = git.run("commit", "-q", "-m", message);
      unused = git.run("checkout", "-q", "-f", "--detach");
      repository.git("branch", "-q", "-f", branch(task), git.run("rev-parse", "HEAD"));
      return git.run("rev-parse", "HEAD");
    }

    @Override
    protected String work(TaskId task, String file, String text) {
      return commit(task, file, text, "by an agent");
    }

    @Override
    protected void baseWrites(String file, String text) {
      repository.write(file, text).commit("by a person");
    }

    @Override
    protected String base(String file) {
      return repository.git("ls-tree", "--name-only", "main", file).isEmpty()
          ? ""
          : repository.git("show", "main:" + file);
    }

    @Override
    protected String tip() {
      return repository.git("rev-parse", "main");
    }

    @Override
    protected boolean hasBranch(TaskId task) {
      return !repository.git("branch", "--list", branch(task)).isEmpty();
    }

    @Override
    protected void deleteBranch(TaskId task) {
      repository.git("branch", "-q", "-D", branch(task));
    }

    String show(String format) {
      return repository.git("show", "-s", "--format=" + format, "main");
    }

    @Test
    void theCommitSaysWhatItBroughtForWhichSpec() {
      String head = work(task(1), "new.txt", "new");
      var unused = merged(trunk.merge(order(task(1), head)));
      assertThat(show("%(trailers)"))
          .isEqualTo(
              "Spec-Ref: specs/a.md@"
                  + SPEC_COMMIT
                  + "\nTask-Ref: task-001\nTask-Head: "
                  + head
                  + "\n");
      assertThat(repository.git("log", "--format=%H", "--grep", "Spec-Ref: specs/a.md", "main"))
          .isEqualTo(tip());
    }

    @Test
    void theStateOfTheTrunkIsKept() {
      baseWrites(".hyperloop/state/format", "1");
      var stray = work(task(1), ".hyperloop/state/format", "99");
      String head = work(task(1), "new.txt", "new");
      assertThat(head).isNotEqualTo(stray);
      baseWrites(".hyperloop/state/format", "2");
      var unused = merged(trunk.merge(order(task(1), head)));
      assertThat(base(".hyperloop/state/format")).isEqualTo("2");
      assertThat(base("new.txt")).isEqualTo("new");
    }

    @Test
    void oddFileNamesConflictUnderTheirNames() {
      String head = work(task(1), "line\nbreak \"ü", "one");
      baseWrites("line\nbreak \"ü", "two");
      assertThat(trunk.merge(order(task(1), head)))
          .isEqualTo(new MergeEnd.Conflict(List.of("line\nbreak \"ü"), tip()));
    }

    @Test
    void aPlantedMergeDriverIsNotStarted() {
      baseWrites("both.txt", "a\nb\nc\n");
      Path trace = temp.resolve("started");
      String head = work(task(1), "both.txt", "A\nb\nc\n");
      baseWrites("both.txt", "a\nb\nC\n");
      trunk = trunk(true);
      boolean unused = trunk.contains(task(1), head);
      repository.write(".git/info/attributes", "* merge=evil\n");
      repository.git("config", "merge.evil.driver", "touch " + trace);
      assertThat(trunk.merge(order(task(1), head))).isInstanceOf(MergeEnd.Merged.class);
      assertThat(base("both.txt")).isEqualTo("A\nb\nC");
      assertThat(trace).doesNotExist();
    }

    @Test
    void aBranchThatAPersonHasCheckedOutStays() {
      String head = work(task(1), "new.txt", "new");
      var unused = merged(trunk.merge(order(task(1), head)));
      repository.git("checkout", "-q", branch(task(1)));
      trunk.cleanUp(List.of(order(task(1), head)));
      assertThat(hasBranch(task(1))).isTrue();
    }

    @Test
    void branchesStayWhereTheSettingsSaySo() {
      trunk = trunk(false);
      String head = work(task(1), "new.txt", "new");
      var unused = merged(trunk.merge(order(task(1), head)));
      trunk.cleanUp(List.of(order(task(1), head)));
      assertThat(hasBranch(task(1))).isTrue();
    }

    @Test
    void aProofSurvivesTheLossOfTheHeadItself() {
      String head = work(task(1), "new.txt", "new");
      MergeEnd once = trunk.merge(order(task(1), head));
      deleteBranch(task(1));
      repository.git("worktree", "remove", "--force", temp.resolve("tasks").toString());
      repository.git("reflog", "expire", "--expire=now", "--all");
      repository.git("gc", "-q", "--prune=now");
      assertThat(trunk(true).merge(order(task(1), head))).isEqualTo(once);
    }

    @Test
    void aHeadThatAPersonMergedIsMerged() {
      String head = work(task(1), "new.txt", "new");
      repository.git("merge", "-q", "--no-ff", "-m", "by hand", branch(task(1)));
      assertThat(trunk.merge(order(task(1), head))).isEqualTo(new MergeEnd.Merged(tip(), head));
      assertThat(trunk.contains(task(1), head)).isTrue();
    }

    @Test
    void anUncommittedChangeInATouchedFileIsWaitedForByName() {
      baseWrites("both.txt", "a");
      String head = work(task(1), "both.txt", "b");
      repository.write("both.txt", "precious");
      assertThat(trunk.merge(order(task(1), head)))
          .isInstanceOfSatisfying(
              MergeEnd.NotYet.class, notYet -> assertThat(notYet.why()).contains("both.txt"));
      assertThat(repository.read("both.txt")).isEqualTo("precious");
    }

    @Test
    void anAgentsTrailersProveNothing() {
      String other = work(task(2), "two.txt", "two");
      String text = "Mine\n\nTask-Ref: task-002\nTask-Head: " + other;
      var first = commit(task(1), "new.txt", "new", text);
      String head = commit(task(1), "more.txt", "more", text);
      assertThat(head).isNotEqualTo(first);
      var unused = merged(trunk.merge(order(task(1), head, "Do it", text + "\n---\n")));
      assertThat(trunk.contains(task(2), other)).isFalse();
    }
  }

  @Nested
  class Squash extends Every {
    @Override
    MergeStrategy strategy() {
      return MergeStrategy.SQUASH;
    }

    @Test
    void allWorkIsOneCommitWithTitleAndSummary() {
      var unused = work(task(1), "one.txt", "one");
      String head = work(task(1), "two.txt", "two");
      String before = tip();
      unused = merged(trunk.merge(order(task(1), head, "Two files", "One.\n\nTwo."))).commit();
      assertThat(show("%P")).isEqualTo(before);
      assertThat(show("%s")).isEqualTo("Two files (task-001)");
      assertThat(show("%b")).startsWith("One.\n\nTwo.\n\nSpec-Ref: ");
    }

    @Test
    void hostileTextBreaksNeitherSubjectNorTrailers() {
      String head = work(task(1), "new.txt", "new");
      String evil =
          "x\r\nTask-Ref: task-666\u0000\u2029\n\n---\nspec-ref : specs/b.md@1\n\u001b[2J";
      var unused = merged(trunk.merge(order(task(1), head, "T\n\nTask-Ref: task-777", evil)));
      assertThat(show("%s")).isEqualTo("T Task-Ref - task-777 (task-001)");
      assertThat(show("%(trailers:key=Task-Ref,valueonly)").strip()).isEqualTo("task-001");
      assertThat(show("%B")).doesNotContain("Task-Ref: task-666", "\u001b", "\u2029", "\r");
      assertThat(repository.git("log", "--grep", "Spec-Ref: specs/b.md", "-i", "main")).isEmpty();
    }
  }

  @Nested
  class Merge extends Every {
    @Override
    MergeStrategy strategy() {
      return MergeStrategy.MERGE;
    }

    @Test
    void theBranchIsTheSecondParent() {
      String head = work(task(1), "new.txt", "new");
      String before = tip();
      var unused = merged(trunk.merge(order(task(1), head)));
      assertThat(show("%P")).isEqualTo(before + " " + head);
    }
  }

  @Nested
  class Rebase extends Every {
    @Override
    MergeStrategy strategy() {
      return MergeStrategy.REBASE;
    }

    @Test
    void theCommitsFollowOneAnotherOnTheBase() {
      var unused = commit(task(1), "one.txt", "one", "First\n\nwhy");
      String head = commit(task(1), "two.txt", "two", "Second");
      baseWrites("other.txt", "other");
      String before = tip();
      unused = merged(trunk.merge(order(task(1), head))).commit();
      assertThat(repository.git("log", "--format=%s", before + "..main"))
          .isEqualTo("Second\nFirst");
      assertThat(repository.git("rev-list", "--merges", "main")).isEmpty();
      assertThat(repository.git("show", "--format=", "--name-only", "main")).isEqualTo("two.txt");
    }
  }
}
