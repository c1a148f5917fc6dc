package io.hyperloop.adapter.agent;

import java.time.Duration;

/**
 * How long an agent may take.
 *
 * @param startup to its first sign of life
 * @param stall from one sign of life to the next
 * @param total from its start to its end
 */
public record Deadlines(Duration startup, Duration stall, Duration total) {
  /** The usual ones for agents that show what they do as they do it. */
  public static final Duration STARTUP = Duration.ofMinutes(2);

  public static final Duration STALL = Duration.ofMinutes(10);

  /** So long that it never comes. */
  public static final Duration NEVER = Duration.ofDays(3650);

  /** For agents that may be silent until they end. */
  public static Deadlines of(Duration total) {
    return new Deadlines(NEVER, NEVER, total);
  }
}
