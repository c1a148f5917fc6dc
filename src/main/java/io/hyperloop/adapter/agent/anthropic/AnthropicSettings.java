package io.hyperloop.adapter.agent.anthropic;

import java.time.Duration;
import java.util.Optional;

/**
 * Bounds of the embedded agent.
 *
 * @param model what to ask for; empty: {@link #DEFAULT_MODEL}
 * @param turnsMax replies of the model per run
 * @param tokensMax per reply
 * @param commandLimit for one shell command
 * @param retries of a request that was refused for now or cut off
 * @param retryPause before the first of these, doubled each time
 */
public record AnthropicSettings(
    Optional<String> model,
    int turnsMax,
    long tokensMax,
    Duration commandLimit,
    int retries,
    Duration retryPause) {
  public static final String DEFAULT_MODEL = "claude-sonnet-5-5";

  /** The usual bounds. */
  public static AnthropicSettings defaults() {
    return new AnthropicSettings(
        Optional.empty(), 250, 32_000, Duration.ofMinutes(10), 3, Duration.ofSeconds(1));
  }

  public AnthropicSettings withModel(Optional<String> other) {
    return new AnthropicSettings(other, turnsMax, tokensMax, commandLimit, retries, retryPause);
  }
}
