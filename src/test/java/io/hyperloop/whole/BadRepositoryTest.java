package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that are not ready: what is wrong, where, and what to type. */
class BadRepositoryTest {
  @TempDir Path temp;

  @Test
  void whereThereIsNoRepositoryEveryCommandSaysSo() {
    for (String command : new String[] {"run", "status", "init", "plan"}) {
      Program.Ended ended = Program.in(temp).run(command);
      assertThat(ended.exit()).as(ended.all()).isEqualTo(3);
      assertThat(ended.err())
          .contains("not a git repository", temp.toString(), "git init")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void fromNoCommitToNoSpecEachStepIsNamed() {
    var sample = new Sample(temp, TestRepository.empty(temp.resolve("r")));
    sample.assertRefused(2, "there is no commit yet on main", "init");
    sample.assertRefused(2, "there is no commit yet on main", "run");
    sample.repository().commit("init");
    sample.assertRefused(2, "not initialised here", "run");
    assertThat(sample.run("init").exit()).isZero();
    sample.assertRefused(2, "there is no spec on main", "run");
    sample.repository().git("checkout", "-q", "--detach");
    sample.assertRefused(2, "HEAD is detached", "run");
    sample.repository().git("checkout", "-q", "main");
    sample.assertRefused(2, "the base branch nope does not exist", "run", "--branch", "nope");
  }

  @Test
  void aTaskFileThatCannotBeReadIsNamedAndKept() {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    String path = ".hyperloop/state/tasks/task-001.md";
    assertThat(sample.run("run").exit()).isZero();
    String whole = sample.repository().read(path);
    for (String broken :
        new String[] {"", "---\n---\n", whole.replace("status: complete", "status: done")}) {
      sample.repository().write(path, broken).commit("Break it");
      sample.assertRefused(2, path, "run");
      assertThat(sample.repository().read(path)).isEqualTo(broken);
    }
    sample.assertRefused(2, path + ":", "status");
  }
}
