package io.hyperloop.testing;

import io.hyperloop.demo.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a scripted model says to Codex, and how Codex is told to ask it. */
public final class CodexModel {
  private static final JsonMapper JSON = new JsonMapper();

  private CodexModel() {}

  /** Runs one shell command, and then says that this is all. */
  public static Script.Reply run(String command, int results) {
    return results == 0 ? shell(command) : Script.say("That is all.");
  }

  public static Script.Reply shell(String command) {
    return Script.call("I run it.", "exec_command", Map.of("cmd", command, "login", false));
  }

  /** Gives a verdict, in the last message. */
  public static Script.Reply verdict(String verdict, String detail) {
    return report(Map.of("verdict", verdict, "detail", detail, "no_change", false));
  }

  /** Gives any report. */
  public static Script.Reply report(Map<String, Object> report) {
    return Script.say(JSON.writeValueAsString(report));
  }

  /** Settings of Codex's, with OpenAI's interface at that address. */
  public static Path settings(Path home, String url) {
    return write(home, "config.toml", "openai_base_url = \"" + url + "/v1\"\n");
  }

  /** Settings with a provider that is paid with a key in SCRIPTED_KEY, and asked only once. */
  public static Path provider(Path home, String url, int retries) {
    return write(
        home,
        "config.toml",
        """
        model_provider = "scripted"

        [model_providers.scripted]
        name = "The scripted model"
        base_url = "%s/v1"
        env_key = "SCRIPTED_KEY"
        wire_api = "responses"
        request_max_retries = 0
        stream_max_retries = %d
        """
            .formatted(url, retries));
  }

  /** Writes a file of Codex's folder below a home folder. */
  public static Path write(Path home, String name, String content) {
    try {
      Path file = home.resolve(".codex").resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
