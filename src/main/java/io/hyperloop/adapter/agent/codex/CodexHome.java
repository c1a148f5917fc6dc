package io.hyperloop.adapter.agent.codex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder in which Codex keeps its settings, its login and its conversations: {@code
 * CODEX_HOME}, else {@code ~/.codex}.
 */
record CodexHome(Path folder) {
  private static final int FILE_MAX = 1 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private static final Pattern SECTION = Pattern.compile("\\s*\\[([^\\[\\]]+)]\\s*(?:#.*)?");

  private static final Pattern TEXT =
      Pattern.compile("\\s*([A-Za-z0-9_-]+)\\s*=\\s*(?:\"([^\"\\\\]*)\"|'([^']*)')\\s*(?:#.*)?");

  /** Who is logged in. */
  enum Login {
    NONE,
    /** A ChatGPT account with its subscription. */
    CHATGPT,
    /** A key that Codex was given for keeps. */
    KEY
  }

  static CodexHome of(Map<String, String> environment) {
    String set = environment.getOrDefault("CODEX_HOME", "");
    return new CodexHome(
        set.startsWith("/")
            ? Path.of(set)
            : Path.of(environment.getOrDefault("HOME", "/"), ".codex"));
  }

  Login login() {
    JsonNode auth;
    try {
      auth = JSON.readTree(read("auth.json"));
    } catch (JacksonException e) {
      return Login.NONE;
    }
    boolean tokens = auth.path("tokens").isObject();
    boolean key = !auth.path("OPENAI_API_KEY").asString("").isBlank();
    return switch (auth.path("auth_mode").asString("")) {
      case "chatgpt", "chatgptAuthTokens" -> tokens ? Login.CHATGPT : Login.NONE;
      case "apikey" -> key ? Login.KEY : Login.NONE;
      default -> tokens ? Login.CHATGPT : key ? Login.KEY : Login.NONE;
    };
  }

  /** The provider that its settings choose; empty for OpenAI itself. */
  Optional<String> provider() {
    return setting("", "model_provider").filter(name -> !name.equals("openai"));
  }

  /** The variable that holds what pays that provider; empty if its settings name none. */
  Optional<String> key(String provider) {
    return setting("model_providers." + provider, "env_key")
        .or(() -> setting("model_providers.\"" + provider + '"', "env_key"))
        .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"));
  }

  /** Where OpenAI's API is, if not at OpenAI's. */
  Optional<String> baseUrl() {
    return setting("", "openai_base_url").filter(url -> !url.isBlank());
  }

  /** A text on a line of its own; what TOML allows beyond that is not understood. */
  private Optional<String> setting(String section, String name) {
    String here = "";
    for (String line : read("config.toml").lines().toList()) {
      Matcher header = SECTION.matcher(line);
      if (header.matches()) {
        here = header.group(1).strip();
        continue;
      }
      Matcher text = TEXT.matcher(line);
      if (here.equals(section) && text.matches() && text.group(1).equals(name)) {
        return Optional.of(text.group(2) == null ? text.group(3) : text.group(2));
      }
    }
    return Optional.empty();
  }

  private String read(String name) {
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      return new String(in.readNBytes(FILE_MAX), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
