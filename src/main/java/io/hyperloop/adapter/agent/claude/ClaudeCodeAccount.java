package io.hyperloop.adapter.agent.claude;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who pays for Claude Code, and how it gets to know: a key or an OAuth token is handed over through
 * a pipe, so that it is in no environment and no command line. Whatever else could pay is kept away
 * from it.
 *
 * @param payer what pays
 * @param secret handed over through a pipe; empty if the payer has none that could be
 * @param baseUrl where the API is, if not at Anthropic's
 */
public record ClaudeCodeAccount(Payer payer, Optional<String> secret, Optional<String> baseUrl) {
  private static final int LOGIN_MAX = 1 << 20;

  /** Which credential is wanted. */
  public enum Auth {
    AUTO,
    SUBSCRIPTION,
    API_KEY
  }

  /** What can pay. */
  public enum Payer {
    API_KEY("the Anthropic API key in ANTHROPIC_API_KEY"),
    AUTH_TOKEN("the token in ANTHROPIC_AUTH_TOKEN"),
    OAUTH_TOKEN("the Claude subscription of CLAUDE_CODE_OAUTH_TOKEN"),
    LOGIN("the Claude subscription that claude is logged in to"),
    BEDROCK("Amazon Bedrock, by AWS's default credentials"),
    VERTEX("Vertex AI, by Google's default credentials");

    private final String words;

    Payer(String words) {
      this.words = words;
    }

    boolean subscription() {
      return this == OAUTH_TOKEN || this == LOGIN;
    }

    /** What it needs in the environment. */
    Set<String> variables() {
      return switch (this) {
        case API_KEY, OAUTH_TOKEN, LOGIN -> Set.of();
        case AUTH_TOKEN -> Set.of("ANTHROPIC_AUTH_TOKEN");
        case BEDROCK -> OF_BEDROCK;
        case VERTEX -> OF_VERTEX;
      };
    }
  }

  private static final Set<String> OF_BEDROCK =
      Set.of(
          "CLAUDE_CODE_USE_BEDROCK",
          "CLAUDE_CODE_SKIP_BEDROCK_AUTH",
          "ANTHROPIC_BEDROCK_BASE_URL",
          "AWS_BEARER_TOKEN_BEDROCK",
          "AWS_REGION",
          "AWS_DEFAULT_REGION",
          "AWS_PROFILE",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_CONFIG_FILE",
          "AWS_SHARED_CREDENTIALS_FILE");

  private static final Set<String> OF_VERTEX =
      Set.of(
          "CLAUDE_CODE_USE_VERTEX",
          "CLAUDE_CODE_SKIP_VERTEX_AUTH",
          "ANTHROPIC_VERTEX_PROJECT_ID",
          "ANTHROPIC_VERTEX_BASE_URL",
          "CLOUD_ML_REGION",
          "GOOGLE_APPLICATION_CREDENTIALS",
          "GOOGLE_CLOUD_PROJECT");

  /** Settings of Claude Code's that are no credentials. */
  private static final Set<String> HARMLESS =
      Set.of(
          "ANTHROPIC_MODEL",
          "ANTHROPIC_SMALL_FAST_MODEL",
          "ANTHROPIC_DEFAULT_OPUS_MODEL",
          "ANTHROPIC_DEFAULT_SONNET_MODEL",
          "ANTHROPIC_DEFAULT_HAIKU_MODEL",
          "API_TIMEOUT_MS",
          "CLAUDE_CONFIG_DIR",
          "CLAUDE_CODE_MAX_OUTPUT_TOKENS",
          "CLAUDE_CODE_MAX_RETRIES",
          "MAX_THINKING_TOKENS");

  /** What makes Claude Code turn to another payer than the one meant. */
  private static final Set<String> OTHERS =
      Set.of(
          "ANTHROPIC_API_KEY",
          "ANTHROPIC_AUTH_TOKEN",
          "ANTHROPIC_BASE_URL",
          "ANTHROPIC_FOUNDRY_API_KEY",
          "CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR",
          "CLAUDE_CODE_OAUTH_TOKEN",
          "CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR",
          "CLAUDE_CODE_USE_BEDROCK",
          "CLAUDE_CODE_USE_FOUNDRY",
          "CLAUDE_CODE_USE_VERTEX",
          "AWS_BEARER_TOKEN_BEDROCK");

  /**
   * The account that an environment and a home directory offer. {@code AUTO}: a cloud that is
   * switched on; else, with {@code ANTHROPIC_BASE_URL}, the key or token for it; else a
   * subscription, which costs nothing more; else a key or token.
   *
   * @throws PortFailure of kind ENVIRONMENT if there is none of the kind wanted
   */
  public static ClaudeCodeAccount of(Auth auth, Map<String, String> environment) {
    return switch (auth) {
      case AUTO ->
          auto(environment)
              .orElseThrow(() ->
                  missing(
                      "Claude Code is not logged in, and no key was found",
                      "run `claude` once and log in, or export ANTHROPIC_API_KEY=your-key"));
      case SUBSCRIPTION ->
          subscription(environment)
              .orElseThrow(() ->
                  missing(
                      "agent.auth is subscription, but Claude Code is not logged in",
                      "run `claude` once and log in, or export CLAUDE_CODE_OAUTH_TOKEN from"
                          + " `claude setup-token`"));
      case API_KEY ->
          key(environment)
              .orElseThrow(() ->
                  missing(
                      "agent.auth is api-key, but there is no key", "export ANTHROPIC_API_KEY"));
    };
  }

  /** The first line of a run: which credential pays, and never its value. */
  public String words(Map<String, String> environment) {
    boolean unused = payer.subscription() && value(environment, "ANTHROPIC_API_KEY").isPresent();
    return payer.words
        + baseUrl.map(url -> ", at " + url).orElse("")
        + (unused ? "; ANTHROPIC_API_KEY is set and not used" : "");
  }

  /** What a cost told by Claude Code is. */
  Usage.Basis basis() {
    return payer.subscription() ? Usage.Basis.EQUIVALENT : Usage.Basis.PAID;
  }

  /** Variables of ours that it is given. */
  Set<String> variables() {
    var all = new TreeSet<>(HARMLESS);
    all.addAll(payer.variables());
    return all;
  }

  /** Variables that must not reach it, wherever they come from. */
  Set<String> strangers() {
    var all = new TreeSet<>(OTHERS);
    all.removeAll(payer.variables());
    return all;
  }

  /** The variable that names the descriptor on which Claude Code reads the secret. */
  String descriptorVariable() {
    return payer == Payer.API_KEY
        ? "CLAUDE_CODE_API_KEY_FILE_DESCRIPTOR"
        : "CLAUDE_CODE_OAUTH_TOKEN_FILE_DESCRIPTOR";
  }

  private static Optional<ClaudeCodeAccount> auto(Map<String, String> environment) {
    if (isOn(environment, "CLAUDE_CODE_USE_BEDROCK")) {
      return Optional.of(account(Payer.BEDROCK, environment));
    }
    if (isOn(environment, "CLAUDE_CODE_USE_VERTEX")) {
      return Optional.of(account(Payer.VERTEX, environment));
    }
    // A subscription's token is not for whoever stands in for the API.
    boolean elsewhere = value(environment, "ANTHROPIC_BASE_URL").isPresent();
    Optional<ClaudeCodeAccount> key = key(environment);
    Optional<ClaudeCodeAccount> subscription = subscription(environment);
    return elsewhere ? key.or(() -> subscription) : subscription.or(() -> key);
  }

  private static Optional<ClaudeCodeAccount> subscription(Map<String, String> environment) {
    Optional<String> token = value(environment, "CLAUDE_CODE_OAUTH_TOKEN");
    if (token.isPresent()) {
      return Optional.of(
          new ClaudeCodeAccount(
              Payer.OAUTH_TOKEN, token, value(environment, "ANTHROPIC_BASE_URL")));
    }
    return isLoggedIn(environment)
        ? Optional.of(account(Payer.LOGIN, environment))
        : Optional.empty();
  }

  private static Optional<ClaudeCodeAccount> key(Map<String, String> environment) {
    Optional<String> key = value(environment, "ANTHROPIC_API_KEY");
    if (key.isPresent()) {
      return Optional.of(
          new ClaudeCodeAccount(Payer.API_KEY, key, value(environment, "ANTHROPIC_BASE_URL")));
    }
    return value(environment, "ANTHROPIC_AUTH_TOKEN")
        .map(token -> account(Payer.AUTH_TOKEN, environment));
  }

  private static ClaudeCodeAccount account(Payer payer, Map<String, String> environment) {
    boolean cloud = payer == Payer.BEDROCK || payer == Payer.VERTEX;
    return new ClaudeCodeAccount(
        payer,
        Optional.empty(),
        cloud ? Optional.empty() : value(environment, "ANTHROPIC_BASE_URL"));
  }

  /** On macOS the login is in the key chain, where only Claude Code itself can look. */
  private static boolean isLoggedIn(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    Path folder = Path.of(value(environment, "CLAUDE_CONFIG_DIR").orElse(home + "/.claude"));
    Path login = folder.resolve(".credentials.json");
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac")) {
      return Files.isDirectory(folder);
    }
    try (InputStream in = Files.newInputStream(login)) {
      return new String(in.readNBytes(LOGIN_MAX), StandardCharsets.UTF_8)
          .contains("\"claudeAiOauth\"");
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOn(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.equals("1") || value.equalsIgnoreCase("true");
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static PortFailure missing(String what, String remedy) {
    return new PortFailure(
        new Problem(
            Problem.Kind.ENVIRONMENT, Problem.Scope.HARNESS, what, "the environment", remedy));
  }

  @Override
  public String toString() {
    return payer.words;
  }
}
