package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.git.Git;
import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's quickstart, word for word, with a command in place of the key. */
class QuickstartTest {
  @TempDir Path temp;

  @Test
  void theQuickstartOfTheReadmeWorks() throws IOException, InterruptedException {
    List<String> block =
        Files.readAllLines(Path.of("README.md")).stream()
            .dropWhile(line -> !line.equals("## Quickstart"))
            .dropWhile(line -> !line.startsWith("    "))
            .takeWhile(line -> line.startsWith("    "))
            .map(line -> line.substring(4))
            .takeWhile(line -> !line.startsWith("hyperloop watch"))
            .toList();
    assertThat(block).anyMatch(line -> line.startsWith("hyperloop init"));
    assertThat(block).anyMatch(line -> line.startsWith("hyperloop run"));
    TestAgent agent =
        TestAgent.in(temp.resolve("agent"))
            .answering(
                "{\"tasks\": [{\"title\": \"Log in\", \"spec\": \"specs/auth.md\", \"description\": \"\"}]}");
    Path configuration = temp.resolve("agent.yaml");
    Files.writeString(configuration, agent.configuration());
    var script = new StringBuilder("set -eu\nhyperloop() { bin \"$@\"; }\n");
    script.append("bin() { '").append(java()).append("' -jar '").append(Program.jar());
    script.append("' \"$@\" < /dev/null; }\n");
    for (String line : block) {
      script.append(line.startsWith("hyperloop run") ? useAgent(configuration) : "");
      script.append(line).append('\n');
    }
    Process shell =
        new ProcessBuilder("sh", "-c", script.toString())
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("out").toFile())
            .start();
    assertThat(shell.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(Files.readString(temp.resolve("out"))).isZero();
    String log =
        Git.in(temp.resolve("my-project"))
            .run("log", "--format=%s", "--grep", "Spec-Ref: specs/auth.md");
    assertThat(log).isEqualTo("Log in (task-001)");
  }

  private static String useAgent(Path configuration) {
    return "cat '" + configuration + "' >> .hyperloop.yaml\n";
  }

  private static String java() {
    return ProcessHandle.current().info().command().orElseThrow();
  }
}
