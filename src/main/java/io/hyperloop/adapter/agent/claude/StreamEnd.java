package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.ResetTime;
import io.hyperloop.domain.Breakage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the end of Claude Code means: from its exit code, its result line, what it last said of its
 * allowance, and its last words on standard error. No one of these tells: an overloaded service
 * ends with subtype {@code success}, and a tool that was denied with exit code 0.
 *
 * @param result null if none came
 * @param limit the last that came; null if none did
 * @param verdict whether a report was left, be it structured output or a file
 */
record StreamEnd(
    int exit,
    @Nullable StreamResult result,
    @Nullable RateLimit limit,
    String errors,
    boolean verdict) {
  private static final int WORDS_MAX = 500;

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "invalid api key|please run /login|not logged in|failed to authenticate"
              + "|oauth (token|session|login).{0,30}(expired|revoked|invalid)"
              + "|(expired|revoked|invalid).{0,20}oauth"
              + "|invalid bearer token|invalid x-api-key|authentication.error",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SPENT =
      Pattern.compile(
          "usage limit reached|hit your .{0,40}limit|credit balance|out of (extra )?usage"
              + "|limit reached\\|\\d{10}|spend limit",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "connection error|unable to connect|econnrefused|econnreset|enotfound|etimedout"
              + "|fetch failed|socket hang up|request timed out",
          Pattern.CASE_INSENSITIVE);

  /** In which it speaks of times, if it does not say which zone it means: the machine's. */
  Ending ending(Instant now, ZoneId zone) {
    StreamResult known = result;
    if (known == null) {
      String what = "Claude Code ended with exit code " + exit + " and without a result";
      return failure(0, "", errors, what + (errors.isBlank() ? "" : ": " + errors), now, zone);
    }
    if (known.failed()) {
      String words = known.words().isBlank() ? known.subtype() + " " + errors : known.words();
      return failure(
          known.status(),
          known.apiError(),
          known.words() + "\n" + errors,
          "Claude Code: " + words,
          now,
          zone);
    }
    if (exit != 0) {
      return broken(
          Breakage.CRASHED, "Claude Code ended with exit code " + exit + ": " + errors, null);
    }
    if (!verdict && !known.denied().isEmpty()) {
      return broken(
          Breakage.PERMISSION_DENIED,
          "no verdict, and Claude Code was not permitted to use "
              + String.join(", ", known.denied()),
          null);
    }
    return new Ending.Finished();
  }

  /** Whether a conversation that was to be gone on with is not there. */
  boolean conversationGone() {
    String words = result == null ? errors : result.words() + errors;
    return exit != 0 && words.contains("No conversation found");
  }

  private Ending.Broken failure(
      int status, String apiError, String words, String detail, Instant now, ZoneId zone) {
    Breakage kind = kind(status, apiError, words, now, zone);
    return broken(
        kind,
        detail,
        kind == Breakage.QUOTA || kind == Breakage.THROTTLED
            ? until(words, now, zone).orElse(null)
            : null);
  }

  private Breakage kind(int status, String apiError, String words, Instant now, ZoneId zone) {
    if (status == 402 || SPENT.matcher(words).find() || apiError.equals("usage_limit_reached")) {
      return Breakage.QUOTA;
    }
    boolean refused = apiError.equals("authentication_error");
    if (status == 401 || status == 403 || refused || CREDENTIALS.matcher(words).find()) {
      return Breakage.CREDENTIALS;
    }
    if (status == 429 || apiError.equals("rate_limit_error")) {
      boolean known = (limit != null && limit.rejected()) || until(words, now, zone).isPresent();
      return known ? Breakage.QUOTA : Breakage.THROTTLED;
    }
    boolean theirs = status == 408 || status >= 500 || apiError.equals("overloaded_error");
    // Not the agent's fault, and it passes: to be tried again without counting.
    boolean unreachable = status == 0 && UNREACHABLE.matcher(words).find();
    return theirs || unreachable ? Breakage.OVERLOADED : Breakage.CRASHED;
  }

  private Optional<Instant> until(String words, Instant now, ZoneId zone) {
    return limit != null && limit.rejected() && limit.resetsAt() != null
        ? Optional.of(limit.resetsAt())
        : ResetTime.in(words, now, zone);
  }

  private static Ending.Broken broken(Breakage kind, String detail, @Nullable Instant until) {
    String line = detail.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return new Ending.Broken(
        kind, line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "..." : line, until);
  }
}
