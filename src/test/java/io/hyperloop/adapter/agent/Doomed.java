package io.hyperloop.adapter.agent;

import io.hyperloop.adapter.agent.acp.AcpHarness;
import io.hyperloop.adapter.agent.acp.AcpSettings;
import io.hyperloop.adapter.agent.claude.ClaudeCodeAccount;
import io.hyperloop.adapter.agent.claude.ClaudeCodeHarness;
import io.hyperloop.adapter.agent.claude.ClaudeCodeSettings;
import io.hyperloop.adapter.agent.codex.CodexAccount;
import io.hyperloop.adapter.agent.codex.CodexHarness;
import io.hyperloop.adapter.agent.codex.CodexSettings;
import io.hyperloop.demo.Script;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import io.hyperloop.testing.CodexModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Real agent programs whose model has them run one command, and that are killed meanwhile. */
enum Doomed {
  CLAUDE_CODE {
    @Override
    Path program() {
      return AgentPrograms.claude();
    }

    @Override
    Script.Reply run(Script.Said said, String command) {
      return ClaudeModel.bash(command);
    }

    @Override
    Harness harness(Path home, String url) {
      return new ClaudeCodeHarness(
          ClaudeCodeAccount.of(
              ClaudeCodeAccount.Auth.API_KEY,
              Map.of("ANTHROPIC_API_KEY", "sk-none", "ANTHROPIC_BASE_URL", url)),
          new ClaudeCodeSettings(List.of(program().toString()), Optional.empty(), 50, List.of()),
          InstantSource.system());
    }
  },

  OPENCODE {
    @Override
    Path program() {
      return AgentPrograms.opencode();
    }

    @Override
    Script.Reply run(Script.Said said, String command) {
      return said.request().path("tools").isEmpty()
          ? Script.say("A title")
          : Script.call("", "bash", Map.of("command", command, "description", "work"));
    }

    @Override
    Harness harness(Path home, String url) throws IOException {
      Path settings = home.resolve("opencode.json");
      Files.writeString(
          settings,
          """
          {"model": "anthropic/claude-sonnet-4-5",
           "provider": {"anthropic": {"options": {"baseURL": "%s/v1", "apiKey": "sk-none"}}}}
          """
              .formatted(url));
      return new AcpHarness(
          new AcpSettings(
              "acp-opencode",
              List.of(
                  "env",
                  "OPENCODE_CONFIG=" + settings,
                  "OPENCODE_DISABLE_MODELS_FETCH=1",
                  "OPENCODE_DISABLE_AUTOUPDATE=1",
                  "npm_config_registry=http://127.0.0.1:1",
                  program().toString(),
                  "acp"),
              Optional.empty()),
          InstantSource.system());
    }
  },

  CODEX {
    @Override
    Path program() {
      return AgentPrograms.codex();
    }

    @Override
    Script.Reply run(Script.Said said, String command) {
      return CodexModel.shell(command);
    }

    @Override
    Harness harness(Path home, String url) {
      Path ignored = CodexModel.settings(home, url);
      return new CodexHarness(
          CodexAccount.of(
              CodexAccount.Auth.API_KEY,
              Map.of("HOME", home.toString(), "OPENAI_API_KEY", "sk-none")),
          new CodexSettings(List.of(program().toString()), Optional.of("gpt-5.5"), 50, List.of()),
          InstantSource.system());
    }
  };

  abstract Path program();

  /** What its model says to have a command run. */
  abstract Script.Reply run(Script.Said said, String command);

  /** With a home folder and a model of its own. */
  abstract Harness harness(Path home, String url) throws IOException;
}
