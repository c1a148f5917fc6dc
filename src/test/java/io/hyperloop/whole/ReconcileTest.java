package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A spec in, verified and merged work out. */
class ReconcileTest {
  @TempDir Path temp;

  @Test
  void aCommittedSpecIsMergedOnceAndWorkedOnAgainWhenItIsEdited() {
    TestRepository repository = ready(Sample.agent(temp));

    Program.Ended ended = run(repository, "run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(repository.read("task-001.txt")).isEqualTo("0\n");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
    assertThat(repository.git("log", "-1", "--format=%s", "--grep", "Spec-Ref: specs/hello.md"))
        .isEqualTo("Say hello (task-001)");
    assertThat(repository.read(".hyperloop/state/tasks/task-001.md")).contains("status: complete");
    assertThat(repository.git("branch", "--list", "hyperloop/*")).isEmpty();
    assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    String tip = repository.git("rev-parse", "HEAD");

    Program.Ended idle = run(repository, "run");

    assertThat(idle.exit()).as(idle.all()).isZero();
    assertThat(repository.git("rev-parse", "HEAD")).isEqualTo(tip);
    repository.write("specs/hello.md", "# Hello\nSay it twice.\n").commit("Say it twice");

    Program.Ended again = run(repository, "run");

    assertThat(again.exit()).as(again.all()).isZero();
    assertThat(repository.path("task-002.txt")).exists();
  }

  @Test
  void whatAVerifierFindsIsMendedInASecondRound() {
    TestAgent agent =
        Sample.agent(temp)
            .verifier(
                "if [ \"$HYPERLOOP_ROUND\" = 0 ]; then report fail missing; else report pass ok; fi");
    TestRepository repository = ready(agent);

    Program.Ended ended = run(repository, "run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(repository.read("task-001.txt")).isEqualTo("0\n1\n");
    assertThat(repository.read(".hyperloop/state/reviews/task-001-round-0.md")).contains("missing");
  }

  @Test
  void whatThePersonHasInTheWorkTreeStaysAsItIs() throws Exception {
    TestRepository repository = ready(Sample.agent(temp));
    repository.write(".gitignore", "*.log\n").commit("Ignore logs");
    repository.write("README.md", "changed, not staged\n");
    repository.write("staged \"file\".txt", "staged\n");
    repository.git("add", "staged \"file\".txt");
    repository.write("untracked\nfile.txt", "untracked\n");
    repository.write("ignored.log", "ignored\n");
    String before = repository.git("status", "--porcelain=v2", "--ignored", "-z");

    Program.Ended ended = run(repository, "run");

    assertThat(ended.exit()).as(ended.all()).isZero();
    assertThat(repository.git("status", "--porcelain=v2", "--ignored", "-z")).isEqualTo(before);
    assertThat(repository.read("README.md")).isEqualTo("changed, not staged\n");
    assertThat(repository.read("untracked\nfile.txt")).isEqualTo("untracked\n");
    assertThat(repository.read("ignored.log")).isEqualTo("ignored\n");
    assertThat(repository.read("task-001.txt")).isEqualTo("0\n");
    assertThat(Files.exists(repository.path(".git/index.lock"))).isFalse();
  }

  private TestRepository ready(TestAgent agent) {
    return Sample.with(temp, agent, "max_task_rounds: 3\nmax_replans: 3\n").repository();
  }

  private Program.Ended run(TestRepository repository, String... arguments) {
    return Program.in(repository.top())
        .with("XDG_STATE_HOME", temp.resolve("state").toString())
        .run(arguments);
  }
}
