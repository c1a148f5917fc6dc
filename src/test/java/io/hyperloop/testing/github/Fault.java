package io.hyperloop.testing.github;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Something that goes wrong with one request. */
public sealed interface Fault {
  /** GitHub answers with this instead of doing what was asked. */
  record Says(int status, Map<String, String> headers, String message) implements Fault {}

  /** GitHub answers with this very text. */
  record Json(int status, Map<String, String> headers, String body) implements Fault {}

  /** The connection is cut before anything is done. */
  record Cut() implements Fault {}

  /** It is done, and then the connection is cut: the answer is lost. */
  record LostAnswer() implements Fault {}

  /** It is answered when the latch opens. */
  record Waits(CountDownLatch until) implements Fault {}

  /** The answer is more than anybody wants. */
  record Huge(long bytes) implements Fault {}

  static Fault says(int status, String message) {
    return new Says(status, Map.of(), message);
  }

  /** The hourly number of requests is used up. */
  static Fault rateLimited(long resetEpochSecond) {
    return new Says(
        403,
        Map.of(
            "X-RateLimit-Limit", "5000",
            "X-RateLimit-Remaining", "0",
            "X-RateLimit-Used", "5000",
            "X-RateLimit-Reset", String.valueOf(resetEpochSecond),
            "X-RateLimit-Resource", "core"),
        "API rate limit exceeded for user ID 1.");
  }

  /** Too much at once. */
  static Fault secondary(int status, long retryAfterSeconds) {
    return new Says(
        status,
        Map.of("Retry-After", String.valueOf(retryAfterSeconds)),
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try"
            + " again.");
  }
}
