package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  @TempDir Path root;

  @Test
  void aDaemonThatHidItselfIsKnownIfItWasSeenBefore() throws Exception {
    var tree = new ProcessTree("worker-of-this-test");
    try (WorkerProcess leader =
        start(
            tree,
            """
            sh -c "env -i PATH=$PATH setsid sh -c 'echo \\$\\$ > pid; exec sleep 1000' & wait" &
            while [ ! -e go ]; do sleep 0.01; done
            kill -9 $!
            """)) {
      while (!Files.exists(root.resolve("pid")) || Files.size(root.resolve("pid")) == 0) {
        Thread.onSpinWait();
      }
      assertThat(tree.members()).extracting(ProcessEntry::pid).contains(pid());
      Files.createFile(root.resolve("go"));
      assertThat(leader.await(Duration.ofSeconds(20))).isTrue();
      assertThat(Objects.requireNonNull(ProcessTable.entry(pid())).parent())
          .isNotEqualTo(leader.pid());

      assertThat(tree.end(Duration.ofSeconds(3))).isEmpty();

      assertThat(ProcessTable.entry(pid())).isNull();
    }
  }

  @Test
  void aPidThatMeansAnotherProcessNowIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    ProcessEntry now = Objects.requireNonNull(ProcessTable.entry(stranger.pid()));
    var tree = new ProcessTree("worker-of-this-test");
    tree.root(new ProcessEntry(now.pid(), now.start() - 1, now.parent(), now.session()));

    assertThat(tree.end(Duration.ofMillis(100))).isEmpty();

    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  @Test
  void aNameWithSpacesAndParenthesesIsRead() throws Exception {
    Path program = root.resolve("a) S 1 (b");
    Files.copy(Path.of("/bin/sleep").toRealPath(), program);
    Process process = new ProcessBuilder(program.toString(), "1000").start();

    ProcessEntry entry = Objects.requireNonNull(ProcessTable.entry(process.pid()));

    assertThat(entry.parent()).isEqualTo(ProcessHandle.current().pid());
    process.destroyForcibly();
  }

  private long pid() {
    return Long.parseLong(LocalAgents.read(root.resolve("pid")).strip());
  }

  private WorkerProcess start(ProcessTree tree, String script) throws IOException {
    return WorkerProcess.start(
        Sandbox.Cell.OPEN,
        List.of("sh", "-c", script),
        root,
        Map.of("PATH", System.getenv("PATH"), ProcessTree.MARK, "worker-of-this-test"),
        Path.of("/dev/null"),
        tree,
        (bytes, length) -> {});
  }
}
