package io.hyperloop.adapter.agent.acp;

import io.hyperloop.demo.Script;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The real OpenCode with a home of its own, its model scripted. */
final class OpenCode {
  static final String MODEL = "anthropic/claude-sonnet-4-5";

  private OpenCode() {}

  /** Its command line; its settings and data are in that folder. */
  static List<String> command(Path home, String url) {
    return command(home, url, "");
  }

  /** With more of its settings, JSON that ends with a comma. */
  static List<String> command(Path home, String url, String settings) {
    try {
      Files.createDirectories(home);
      Path config = home.resolve("opencode.json");
      Files.writeString(
          config,
          """
          {%s "model": "%s",
           "provider": {"anthropic": {"options": {"baseURL": "%s/v1", "apiKey": "sk-none"}}}}
          """
              .formatted(settings, MODEL, url));
      return List.of(
          "env",
          "HOME=" + home,
          "OPENCODE_CONFIG=" + config,
          "OPENCODE_DISABLE_MODELS_FETCH=1",
          "OPENCODE_DISABLE_AUTOUPDATE=1",
          // It looks for a plugin of its own, in vain and without harm.
          "npm_config_registry=http://127.0.0.1:1",
          AgentPrograms.opencode().toString(),
          "acp");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A model for it, which is asked for a title of each session, too. */
  static ClaudeModel playing(ClaudeModel.Play play) {
    return ClaudeModel.playing((said, results) ->
        said.request().path("tools").isEmpty() ? Script.say("A title") : play.reply(said, results));
  }

  static Script.Reply bash(String command) {
    return Script.call("I run it.", "bash", Map.of("command", command, "description", "work"));
  }
}
