package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.HarnessContract;
import io.hyperloop.demo.Script;
import io.hyperloop.testing.ClaudeModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The harnesses' contract with the real {@code opencode acp}, its model scripted. */
@Tag("agents")
class OpenCodeHarnessTest extends HarnessContract {
  @TempDir Path home;
  private @Nullable ClaudeModel model;

  @Override
  protected Harness doing(String command) {
    ClaudeModel started =
        OpenCode.playing(
            (said, results) -> results == 0 ? OpenCode.bash(command) : Script.say("That is all."));
    model = started;
    return new AcpHarness(
        new AcpSettings("acp-opencode", OpenCode.command(home, started.url()), Optional.empty()),
        InstantSource.system());
  }

  @AfterEach
  void stop() {
    if (model != null) {
      model.close();
    }
  }
}
