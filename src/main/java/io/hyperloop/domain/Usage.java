package io.hyperloop.domain;

/**
 * What agents used.
 *
 * @param input tokens read, those from and into a cache aside
 * @param cacheRead tokens read from a cache
 * @param cacheWrite tokens read and put into a cache
 * @param output tokens written
 * @param microUsd what it cost, in millionths of a US dollar
 * @param basis what that figure is
 */
public record Usage(
    long input, long cacheRead, long cacheWrite, long output, long microUsd, Basis basis) {

  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, Basis.PAID);

  /** What a cost is, the surest first. */
  public enum Basis {
    /** Billed, as the program or our own table says. */
    PAID,
    /** Covered by a subscription: what it would have cost. */
    EQUIVALENT,
    /** No price is known for part of it, which is not in the figure. */
    UNPRICED
  }

  public Usage {
    if (input < 0 || cacheRead < 0 || cacheWrite < 0 || output < 0 || microUsd < 0) {
      throw new IllegalArgumentException("usage is never negative");
    }
  }

  /** Tokens as limits count them: all but those read from a cache, which cost next to nothing. */
  public long tokens() {
    return input + cacheWrite + output;
  }

  /** Both together, on the less sure basis of the two. */
  public Usage plus(Usage other) {
    return new Usage(
        input + other.input,
        cacheRead + other.cacheRead,
        cacheWrite + other.cacheWrite,
        output + other.output,
        microUsd + other.microUsd,
        basis.compareTo(other.basis) >= 0 ? basis : other.basis);
  }
}
