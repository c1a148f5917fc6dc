package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.port.Orders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing outlives a sandbox, and nothing outside of it is touched. */
@Tag("tools")
class SandboxEndsTest {
  private static final String PASS = "echo '{\"verdict\":\"pass\"}' > \"$HYPERLOOP_RESULT_FILE\"";

  @TempDir Path temp;
  private LocalAgents agents;
  private final String seconds = "1000." + System.nanoTime();

  @BeforeEach
  void begin() throws Exception {
    agents = new LocalAgents(temp.toRealPath());
    agents.sandbox = Sandboxes.over(agents.root);
  }

  /** A daemon without our mark, in a session of its own, that ignores requests to end. */
  private String daemon(String then) {
    return """
    env -i PATH="$PATH" DESK="$DESK" setsid sh -c 'trap "" TERM; : > "$DESK/up"; sleep %s' &
    until [ -e "$DESK/up" ]; do sleep 0.01; done
    %s
    """
        .formatted(seconds, then);
  }

  private List<ProcessHandle> sleepers() {
    return ProcessHandle.allProcesses()
        .filter(p -> List.of(p.info().arguments().orElse(new String[0])).contains(seconds))
        .toList();
  }

  @Test
  void aDaemonIsGoneAfterTheRunAndAStrangerIsNot() throws Exception {
    Process stranger = new ProcessBuilder("sleep", seconds).start();
    try {
      var unused = agents.run(daemon(PASS), Orders.writing(1));

      assertThat(sleepers()).extracting(ProcessHandle::pid).containsExactly(stranger.pid());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void whenTheOrchestratorIsKilledADaemonDiesWithIt() {
    DoomedOrchestrator.liveAndDie(agents, daemon("sleep 1000"), "");

    for (ProcessHandle sleeper : sleepers()) {
      assertThat(sleeper.onExit()).succeedsWithin(Duration.ofSeconds(10));
    }
  }
}
