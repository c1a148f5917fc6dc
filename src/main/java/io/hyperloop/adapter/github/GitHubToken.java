package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The secret that GitHub knows us by. Its text goes into one header, and nowhere else. */
public final class GitHubToken {
  private static final int LENGTH_MAX = 4096;

  private final String secret;
  private final String source;

  private GitHubToken(String secret, String source) {
    this.secret = secret;
    this.source = source;
  }

  /**
   * Looks where the {@code gh} program looks, and then asks it.
   *
   * @param gh gives what {@code gh auth token --hostname HOST} prints, if there is such a program
   *     and it knows one
   * @throws PortFailure if there is none, or it is none
   */
  public static GitHubToken find(
      Map<String, String> environment, ApiAddress address, Function<String, Optional<String>> gh) {
    List<String> names =
        address.enterprise()
            ? List.of("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GH_TOKEN", "GITHUB_TOKEN")
            : List.of("GH_TOKEN", "GITHUB_TOKEN");
    for (String name : names) {
      String value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return of(value, name);
      }
    }
    return gh.apply(address.web())
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .map(value -> of(value, "gh auth token"))
        .orElseThrow(() ->
            new PortFailure(
                Problem.environment(
                    "there is no token for GitHub",
                    address.web(),
                    "set GH_TOKEN to a token that may read and write contents and pull"
                        + " requests of the repository, or run: gh auth login")));
  }

  /**
   * One that is known.
   *
   * @param source where it came from, for messages
   */
  public static GitHubToken of(String secret, String source) {
    boolean plain = secret.chars().allMatch(c -> c > ' ' && c < 127);
    if (!plain || secret.length() > LENGTH_MAX) {
      throw new PortFailure(
          Problem.environment(
              "what should be a token for GitHub is none: it holds blanks, line breaks or other"
                  + " characters that no token has",
              source,
              "set it to the token alone"));
    }
    return new GitHubToken(secret, source);
  }

  /** Where it came from, such as {@code GH_TOKEN}. */
  String source() {
    return source;
  }

  /** The header's value. */
  String header() {
    return "Bearer " + secret;
  }

  /** The text for whoever redacts. */
  public String secret() {
    return secret;
  }

  /** A text without it. */
  String hiddenIn(String text) {
    return text.replace(secret, "***");
  }

  @Override
  public String toString() {
    return "the token of " + source;
  }
}
