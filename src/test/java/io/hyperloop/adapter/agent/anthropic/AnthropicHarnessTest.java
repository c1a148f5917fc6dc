package io.hyperloop.adapter.agent.anthropic;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.HarnessContract;
import io.hyperloop.demo.Script;
import io.hyperloop.demo.ScriptedModel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The harnesses' contract with the embedded agent, its model scripted. */
class AnthropicHarnessTest extends HarnessContract {
  private @Nullable ScriptedModel model;

  @Override
  protected Harness doing(String command) {
    ScriptedModel started =
        ScriptedModel.start(
            said ->
                said.results().isEmpty() && said.last().equals(said.prompt())
                    ? Script.bash("I run it.", command)
                    : Script.say("That is all."),
            Duration.ZERO);
    model = started;
    return new AnthropicHarness(
        Map.of("ANTHROPIC_API_KEY", "sk-of-the-orchestrator", "ANTHROPIC_BASE_URL", started.url()),
        AnthropicSettings.defaults());
  }

  @AfterEach
  void stop() {
    if (model != null) {
      model.close();
    }
  }
}
