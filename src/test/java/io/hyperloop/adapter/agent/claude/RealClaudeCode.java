package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.RealAgent;
import io.hyperloop.demo.Script;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;

/** The real Claude Code at work on one order, its model scripted. */
abstract class RealClaudeCode extends RealAgent {
  static final String KEY = "sk-ant-api03-of-the-orchestrator";
  static final String MODEL = "claude-sonnet-4-5";

  final Map<String, String> account = new TreeMap<>(Map.of("ANTHROPIC_API_KEY", KEY));

  @BeforeEach
  void begin() {
    agents.ours.put("ANTHROPIC_API_KEY", KEY);
  }

  @Override
  protected Harness harness(String url) {
    account.put("ANTHROPIC_BASE_URL", url);
    return new ClaudeCodeHarness(
        ClaudeCodeAccount.of(ClaudeCodeAccount.Auth.AUTO, account),
        new ClaudeCodeSettings(
            List.of(AgentPrograms.claude().toString()), Optional.of(MODEL), 50, args),
        InstantSource.system());
  }

  Script.Reply workThenPass(String command, int results) {
    return results == 0 ? ClaudeModel.bash(command) : ClaudeModel.verdict("pass", "done");
  }

  void subscribe() {
    account.clear();
    account.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-of-the-user");
  }
}
