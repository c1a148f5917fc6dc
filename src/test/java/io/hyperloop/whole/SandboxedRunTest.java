package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents in the sandbox do their work, and nothing else. */
@Tag("tools")
class SandboxedRunTest {
  private static final String MISCHIEF =
      """
      exec 2> /dev/null
      cat ~/.ssh/id >> stolen
      echo planted > '%1$s/.git/hooks/post-checkout'
      echo planted > '%1$s/planted'
      git branch planted
      """;

  @TempDir Path temp;

  @Test
  void sandboxedAgentsDoTheirWorkAndNeitherTheyNorTheirScriptsDoMore() throws Exception {
    Path home = Files.createDirectories(temp.resolve("home"));
    Files.createDirectories(home.resolve(".ssh"));
    Files.writeString(home.resolve(".ssh/id"), "private");
    String deeds = MISCHIEF.formatted(temp.resolve("a repository"));
    Sample sample =
        Sample.with(
            temp,
            Sample.agent(temp)
                .sandboxed("bubblewrap")
                .implementer(deeds + "echo x > kept; report pass done"),
            "worktree: {setup: [\"sh package.sh; true\"]}\n");
    sample.repository().write("package.sh", deeds).commit("A package with a script");

    Program.Ended run = sample.program().with("HOME", home.toString()).run("run");

    assertThat(run.exit()).as(run.all()).isZero();
    assertThat(run.all()).contains("converged").doesNotContain("WARNING");
    assertThat(sample.merges()).isEqualTo(1);
    assertThat(sample.repository().read("kept")).isEqualTo("x\n");
    assertThat(sample.repository().git("log", "-p", "--all")).doesNotContain("private");
    assertThat(sample.repository().git("branch", "--list", "planted")).isEmpty();
    assertThat(sample.repository().path(".git/hooks/post-checkout")).doesNotExist();
    assertThat(sample.repository().path("planted")).doesNotExist();
  }
}
