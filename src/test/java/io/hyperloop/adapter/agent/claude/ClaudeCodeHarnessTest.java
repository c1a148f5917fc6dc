package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.HarnessContract;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The harnesses' contract with the real Claude Code, its model scripted. */
@Tag("agents")
class ClaudeCodeHarnessTest extends HarnessContract {
  private @Nullable ClaudeModel model;

  @Override
  protected Harness doing(String command) {
    ClaudeModel started = ClaudeModel.playing((said, results) -> ClaudeModel.run(command, results));
    model = started;
    return new ClaudeCodeHarness(
        ClaudeCodeAccount.of(
            ClaudeCodeAccount.Auth.API_KEY,
            Map.of(
                "ANTHROPIC_API_KEY",
                "sk-of-the-orchestrator",
                "ANTHROPIC_BASE_URL",
                started.url())),
        new ClaudeCodeSettings(
            List.of(AgentPrograms.claude().toString()), Optional.empty(), 50, List.of()),
        InstantSource.system());
  }

  @AfterEach
  void stop() {
    if (model != null) {
      model.close();
    }
  }
}
