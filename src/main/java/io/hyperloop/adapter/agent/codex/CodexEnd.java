package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.ResetTime;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Breakage;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the end of Codex means: from its exit code, what it called the error, its words for it, and
 * what was last said of the allowance.
 *
 * @param completed whether its turn came to its end
 * @param error what went wrong, in its words; empty if nothing did
 * @param failure what it calls that: a name, an object named so, or missing
 * @param allowance the last that was told; null if none was
 * @param errors its last words on standard error
 * @param verdict whether a report was left, be it its last message or a file
 */
record CodexEnd(
    int exit,
    boolean completed,
    String error,
    JsonNode failure,
    @Nullable Allowance allowance,
    String errors,
    boolean verdict) {
  private static final int WORDS_MAX = 500;

  private static final Pattern STATUS =
      Pattern.compile("(?:unexpected|last) status:? ([45]\\d\\d)\\b");

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "not logged in|log ?in again|please log ?in|sign in again|invalid.{0,3}api.?key"
              + "|incorrect api key|missing bearer|missing environment variable"
              + "|token.{0,30}(could not be refreshed|expired|revoked|invalid)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SPENT =
      Pattern.compile(
          "usage limit|quota exceeded|exceeded your current quota|insufficient_quota|out of credits"
              + "|spend(ing)? (limit|cap)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern THEIRS =
      Pattern.compile(
          "at capacity|high demand|overloaded|stream disconnected|connection (failed|refused|reset)"
              + "|error sending request|timed? ?out|idle timeout",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern DENIED = Pattern.compile("Rejected\\(");

  /** In which it speaks of times, if it does not say which zone it means: the machine's. */
  Ending ending(Instant now, ZoneId zone) {
    if (exit == 0 && completed) {
      return !verdict && DENIED.matcher(errors).find()
          ? broken(
              Breakage.PERMISSION_DENIED,
              "no verdict, and Codex was not permitted to run a command",
              null)
          : new Ending.Finished();
    }
    String words = error.isBlank() ? errors : error;
    Breakage kind = kind(words, now, zone);
    boolean waits = kind == Breakage.QUOTA || kind == Breakage.THROTTLED;
    String what = error.isBlank() ? "Codex ended with exit code " + exit : "Codex";
    return broken(
        kind,
        words.isBlank() ? what : what + ": " + words,
        waits ? until(words, now, zone).orElse(null) : null);
  }

  /** Whether a conversation that was to be gone on with is not there. */
  boolean conversationGone() {
    return exit != 0 && errors.contains("no rollout found");
  }

  private Breakage kind(String words, Instant now, ZoneId zone) {
    String named = failure.isString() ? failure.stringValue() : "";
    int status = status(words);
    if (status == 402 || named.equals("usage_limit_exceeded") || SPENT.matcher(words).find()) {
      return Breakage.QUOTA;
    }
    boolean refused = status == 401 || status == 403 || named.equals("unauthorized");
    if (refused || CREDENTIALS.matcher(words).find()) {
      return Breakage.CREDENTIALS;
    }
    if (status == 429) {
      return until(words, now, zone).isPresent() ? Breakage.QUOTA : Breakage.THROTTLED;
    }
    boolean theirs =
        status == 408
            || status >= 500
            || named.equals("server_overloaded")
            || named.equals("internal_server_error")
            || THEIRS.matcher(words).find();
    return theirs ? Breakage.OVERLOADED : Breakage.CRASHED;
  }

  private int status(String words) {
    for (JsonNode details : failure) {
      if (details.path("http_status_code").isNumber()) {
        return details.path("http_status_code").asInt(0);
      }
    }
    Matcher said = STATUS.matcher(words);
    return said.find() ? Integer.parseInt(said.group(1)) : 0;
  }

  private Optional<Instant> until(String words, Instant now, ZoneId zone) {
    Instant told = allowance != null && allowance.used() >= 1 ? allowance.resetsAt() : null;
    return told == null ? ResetTime.in(words, now, zone) : Optional.of(told);
  }

  private static Ending.Broken broken(Breakage kind, String detail, @Nullable Instant until) {
    String line = detail.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return new Ending.Broken(
        kind, line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "..." : line, until);
  }
}
