package io.hyperloop.adapter.agent.codex;

import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who pays for Codex. Whatever else could pay is kept away from it: Codex itself prefers a key to a
 * login.
 *
 * @param payer what pays
 * @param name the variable that holds the key, or the provider of Codex's settings; else empty
 * @param secret a key that Codex is given in its environment, and the programs that it starts are
 *     not; empty if the payer has none
 * @param baseUrl where the API is, if not at OpenAI's
 */
public record CodexAccount(
    Payer payer, String name, Optional<String> secret, Optional<String> baseUrl) {
  /** What Codex takes a key from. */
  static final String KEY = "CODEX_API_KEY";

  private static final List<String> KEYS = List.of(KEY, "OPENAI_API_KEY");

  /** Settings of Codex's that are no credentials. */
  private static final Set<String> HARMLESS =
      Set.of("CODEX_HOME", "CODEX_CA_CERTIFICATE", "OPENAI_ORGANIZATION", "OPENAI_PROJECT");

  /** What makes Codex turn to another payer than the one meant. */
  private static final Set<String> OTHERS =
      Set.of(KEY, "OPENAI_API_KEY", "CODEX_ACCESS_TOKEN", "OPENAI_BASE_URL");

  /** Which credential is wanted. */
  public enum Auth {
    AUTO,
    SUBSCRIPTION,
    API_KEY
  }

  /** What can pay. */
  public enum Payer {
    /** A key in a variable. */
    VARIABLE,
    /** The ChatGPT account that Codex is logged in to. */
    CHATGPT,
    /** The key that Codex is logged in with. */
    LOGIN_KEY,
    /** Whatever Codex's settings say of a provider that is not OpenAI. */
    PROVIDER
  }

  /**
   * The account that an environment and Codex's own folder offer. {@code AUTO}: a provider that
   * Codex's settings choose; else, where they name another address, a key for that; else a
   * subscription, which costs nothing more; else a key.
   *
   * @throws PortFailure of kind ENVIRONMENT if there is none of the kind wanted
   */
  public static CodexAccount of(Auth auth, Map<String, String> environment) {
    CodexHome home = CodexHome.of(environment);
    Optional<CodexAccount> subscription =
        Optional.of(home)
            .filter(h -> h.login() == CodexHome.Login.CHATGPT)
            .map(h -> new CodexAccount(Payer.CHATGPT, "", Optional.empty(), h.baseUrl()));
    Optional<CodexAccount> provider =
        auth == Auth.SUBSCRIPTION
            ? Optional.empty()
            : home.provider().map(name -> provider(name, home, environment));
    Optional<CodexAccount> key = provider.or(() -> key(home, environment));
    return switch (auth) {
      case AUTO ->
          (provider.isPresent() || home.baseUrl().isPresent()
                  ? key.or(() -> subscription)
                  : subscription.or(() -> key))
              .orElseThrow(() ->
                  missing(
                      "Codex is not logged in, and no key was found",
                      "run `codex login`, or export OPENAI_API_KEY=your-key"));
      case SUBSCRIPTION ->
          subscription.orElseThrow(() ->
              missing(
                  "agent.auth is subscription, but Codex is not logged in with ChatGPT",
                  "run `codex login`"));
      case API_KEY ->
          key.orElseThrow(
              () -> missing("agent.auth is api-key, but there is no key", "export OPENAI_API_KEY"));
    };
  }

  private static CodexAccount provider(
      String provider, CodexHome home, Map<String, String> environment) {
    Optional<String> variable = home.key(provider);
    Optional<String> secret = variable.flatMap(name -> value(environment, name));
    if (variable.isPresent() && secret.isEmpty()) {
      throw missing(
          "Codex's settings pay the provider "
              + provider
              + " with "
              + variable.get()
              + ", which is not set",
          "export " + variable.get() + "=your-key");
    }
    return new CodexAccount(Payer.PROVIDER, variable.orElse(""), secret, Optional.of(provider));
  }

  private static Optional<CodexAccount> key(CodexHome home, Map<String, String> environment) {
    for (String name : KEYS) {
      Optional<String> key = value(environment, name);
      if (key.isPresent()) {
        return Optional.of(new CodexAccount(Payer.VARIABLE, name, key, home.baseUrl()));
      }
    }
    return home.login() == CodexHome.Login.KEY
        ? Optional.of(new CodexAccount(Payer.LOGIN_KEY, "", Optional.empty(), home.baseUrl()))
        : Optional.empty();
  }

  /** The first line of a run: which credential pays, and never its value. */
  public String words(Map<String, String> environment) {
    String who =
        switch (payer) {
          case VARIABLE -> "the OpenAI API key in " + name;
          case CHATGPT -> "the ChatGPT subscription that codex is logged in to";
          case LOGIN_KEY -> "the OpenAI API key that codex is logged in with";
          case PROVIDER ->
              (name.isEmpty() ? "no key that we know" : "the key in " + name)
                  + ", for the provider of codex's own settings";
        };
    String unused =
        KEYS.stream()
            .filter(key -> payer == Payer.CHATGPT && value(environment, key).isPresent())
            .findFirst()
            .map(key -> "; " + key + " is set and not used")
            .orElse("");
    return who + baseUrl.map(url -> ", at " + url).orElse("") + unused;
  }

  /** What a cost is. */
  Usage.Basis basis() {
    return payer == Payer.CHATGPT ? Usage.Basis.EQUIVALENT : Usage.Basis.PAID;
  }

  /** Variables of ours that it is given. */
  Set<String> variables() {
    return HARMLESS;
  }

  /** Variables that must not reach it, wherever they come from. */
  Set<String> strangers() {
    return OTHERS;
  }

  /** The variable in which it is given its secret. */
  String secretVariable() {
    return payer == Payer.PROVIDER ? name : KEY;
  }

  /** Variables of Codex's that must not reach the programs that it starts. */
  Set<String> secretVariables() {
    var all = new TreeSet<>(OTHERS);
    all.add(secretVariable());
    all.remove("");
    return all;
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
    return payer + " " + name;
  }
}
