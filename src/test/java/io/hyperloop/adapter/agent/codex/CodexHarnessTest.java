package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.HarnessContract;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import io.hyperloop.testing.CodexModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The harnesses' contract with the real Codex, its model scripted. */
@Tag("agents")
class CodexHarnessTest extends HarnessContract {
  @TempDir Path home;
  private @Nullable ClaudeModel model;

  @Override
  protected Map<String, String> environment(Path folder) {
    return Map.of("HOME", home.toString(), "OPENAI_API_KEY", "sk-of-the-orchestrator");
  }

  @Override
  protected Harness doing(String command) {
    ClaudeModel started = ClaudeModel.playing((said, results) -> CodexModel.run(command, results));
    model = started;
    Path ignored = CodexModel.settings(home, started.url());
    return new CodexHarness(
        CodexAccount.of(CodexAccount.Auth.API_KEY, environment(home)),
        new CodexSettings(
            List.of(AgentPrograms.codex().toString()), Optional.of("gpt-5.5"), 50, List.of()),
        InstantSource.system());
  }

  @AfterEach
  void stop() {
    if (model != null) {
      model.close();
    }
  }
}
