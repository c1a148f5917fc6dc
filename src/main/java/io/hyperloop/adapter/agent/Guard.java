package io.hyperloop.adapter.agent;

/**
 * What keeps workers from doing harm.
 *
 * @param sandbox in which the commands that make their work trees ready are started
 * @param secrets that their work must not hold
 */
public record Guard(Sandbox sandbox, Secrets secrets) {
  /** Nothing is kept from them, and nothing is secret. */
  public static final Guard NONE = new Guard(Sandbox.NONE, Secrets.of());
}
