package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.PullRequests.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When GitHub wants to be left alone.
 *
 * @see <a href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api">
 *     Rate limits for the REST API</a>
 */
final class Rests {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Clock clock;
  private @Nullable Pause pause;
  private Duration last = Duration.ZERO;

  Rests(Clock clock) {
    this.clock = clock;
  }

  /** The rest that is on. */
  synchronized Optional<Pause> pause() {
    if (pause != null && !clock.instant().isBefore(pause.until())) {
      pause = null;
    }
    return Optional.ofNullable(pause);
  }

  /**
   * Goes on only if there is none.
   *
   * @throws PortFailure if there is
   */
  void check() {
    pause()
        .ifPresent(now -> {
          throw failure(now);
        });
  }

  private static PortFailure failure(Pause pause) {
    return new PortFailure(
        Problem.environment(
            "GitHub is not asked until " + pause.until().truncatedTo(ChronoUnit.SECONDS),
            "GitHub",
            pause.why()));
  }

  /**
   * Takes a reply's word for when to rest.
   *
   * @throws PortFailure if the reply is that and nothing else
   */
  synchronized void hear(Reply reply) {
    boolean spent = reply.header("X-RateLimit-Remaining").equals("0");
    boolean refused = reply.status() == 403 || reply.status() == 429;
    String said = refused ? reply.message().toLowerCase(Locale.ROOT) : "";
    if (refused && (!reply.header("Retry-After").isEmpty() || said.contains("secondary rate"))) {
      throw failure(secondary(reply));
    }
    if (spent) {
      Pause begun =
          begin(
              Instant.ofEpochSecond(number(reply.header("X-RateLimit-Reset"), 0)),
              "the token's requests for this hour are used up: have fewer pull requests wait at"
                  + " once, or look less often (poll_interval)");
      if (refused) {
        throw failure(begun);
      }
    } else if (refused && (reply.status() == 429 || said.contains("rate limit"))) {
      throw failure(secondary(reply));
    } else if (reply.ok()) {
      last = Duration.ZERO;
    }
  }

  /** GraphQL's way of saying that the hour's points are used up. */
  synchronized PortFailure spent(Reply reply) {
    return failure(
        begin(
            Instant.ofEpochSecond(number(reply.header("X-RateLimit-Reset"), 0)),
            "the token's points for this hour are used up: look less often (poll_interval)"));
  }

  /** GitHub says how long, or we double each time. */
  private Pause secondary(Reply reply) {
    long told = number(reply.header("Retry-After"), -1);
    Duration rest =
        told >= 0 ? Duration.ofSeconds(told) : last.isZero() ? SHORTEST : last.multipliedBy(2);
    last = rest.compareTo(SHORTEST) < 0 ? SHORTEST : rest;
    return begin(
        clock.instant().plus(rest), "it is too much at once for GitHub: its secondary rate limit");
  }

  private Pause begin(Instant until, String why) {
    Instant now = clock.instant();
    Instant latest = now.plus(LONGEST).plus(SHORTEST);
    Instant soonest = now.plusSeconds(1);
    Instant bounded = until.isAfter(latest) ? latest : until.isBefore(soonest) ? soonest : until;
    pause = new Pause(bounded, why);
    return pause;
  }

  private static long number(String text, long otherwise) {
    return text.matches("\\d{1,12}") ? Long.parseLong(text) : otherwise;
  }
}
