package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.ResetTime;
import io.hyperloop.domain.Breakage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error that an agent answers with means for its run. The protocol has one code for a login
 * that is needed; everything else is an internal error, and what it is about is in its words and in
 * the data beside them, which each agent fills in its own way.
 */
final class AcpFailures {
  /** Of the protocol: authentication required. Other libraries have used the second. */
  private static final int AUTH_REQUIRED = -32000;

  private static final int AUTH_REQUIRED_TOO = -32004;

  private static final int WORDS_MAX = 500;

  /** Agents back off for less than that by themselves. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Tries after which a service that does not answer counts as gone. */
  private static final int ATTEMPTS_MAX = 4;

  private static final Pattern STATUS =
      Pattern.compile(
          "(?:status(?:_?code)?\\W{1,5}|\\bHTTP(?:/[\\d.]+)? |\\berror:? |\\bcode\\W{1,5}|^)"
              + "([45]\\d\\d)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "authentication.{0,3}(required|error|failed)|auth_required|unauthori[sz]ed|not logged in"
              + "|(invalid|missing|incorrect|no).{0,20}api.?key|api.?key.{0,30}(invalid|missing|required)|log"
              + " ?in again|please log ?in",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern SPENT =
      Pattern.compile(
          "insufficient_quota|quota.{0,20}(exceeded|exhausted|reached)|exceeded.{0,30}quota|(usage|spend|spending).?limit|credit"
              + " balance|out of (extra )?(usage|credits)|insufficient"
              + " (credits|balance|funds)|limit reached\\|\\d{10}|RESOURCE_EXHAUSTED.*quota",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern THROTTLED =
      Pattern.compile("rate.?limit|too many requests|RESOURCE_EXHAUSTED", Pattern.CASE_INSENSITIVE);

  private static final Pattern OVERLOADED =
      Pattern.compile(
          "overloaded|service unavailable|bad gateway|gateway time|internal server error"
              + "|connection (error|refused|reset)|unable to connect|cannot connect|econnrefused"
              + "|econnreset|enotfound|etimedout|fetch failed|socket hang up|UNAVAILABLE",
          Pattern.CASE_INSENSITIVE);

  private AcpFailures() {}

  /**
   * The end that it is.
   *
   * @param words its message and its data
   */
  static Ending.Broken ending(int code, String words, Instant now, ZoneId zone) {
    return ending(
        kind(code, line(words), now, zone), "the agent answered " + code, words, now, zone);
  }

  /**
   * What it means that its process ended in the middle of the conversation.
   *
   * @param errors what it last wrote to its standard error
   */
  static Ending.Broken exited(int exit, String errors, Instant now, ZoneId zone) {
    String what = "the agent ended with exit code " + exit + " in the middle of the conversation";
    return ending(kind(0, line(errors), now, zone), what, errors, now, zone);
  }

  /**
   * What it means that an agent waits before it asks its provider again: nothing yet if that is
   * soon and has not often been in vain.
   *
   * @param words of the provider
   * @param attempt which of its tries it waits for, from 1
   * @param next when it asks again
   */
  static Ending.@Nullable Broken waits(String words, int attempt, Instant next, Instant now) {
    Duration wait = Duration.between(now, next);
    boolean far = wait.compareTo(PATIENCE) > 0;
    if (!far && attempt < ATTEMPTS_MAX) {
      return null;
    }
    String line = line(words);
    Breakage said = kind(0, line, now, ZoneOffset.UTC);
    Breakage kind =
        switch (said) {
          case QUOTA, CREDENTIALS -> said;
          case OVERLOADED -> Breakage.OVERLOADED;
          // Only a provider that names its reset makes an agent wait that long.
          default -> far ? Breakage.QUOTA : said;
        };
    return new Ending.Broken(
        kind == Breakage.CRASHED ? Breakage.OVERLOADED : kind,
        "the agent waits for its provider"
            + (far ? " until " + next.truncatedTo(ChronoUnit.SECONDS) : ", try " + attempt)
            + ": "
            + shown(line),
        far ? next : null);
  }

  private static String shown(String line) {
    return line.length() > WORDS_MAX ? line.substring(0, WORDS_MAX) + "..." : line;
  }

  private static Ending.Broken ending(
      Breakage kind, String what, String words, Instant now, ZoneId zone) {
    String line = line(words);
    Instant until =
        kind == Breakage.QUOTA || kind == Breakage.THROTTLED
            ? ResetTime.in(line, now, zone).orElse(null)
            : null;
    return new Ending.Broken(kind, line.isEmpty() ? what : what + ": " + shown(line), until);
  }

  private static String line(String words) {
    return words.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }

  private static Breakage kind(int code, String words, Instant now, ZoneId zone) {
    Matcher status = STATUS.matcher(words);
    int http = status.find() ? Integer.parseInt(status.group(1)) : 0;
    if (http == 402 || SPENT.matcher(words).find()) {
      return Breakage.QUOTA;
    }
    boolean login = code == AUTH_REQUIRED_TOO || (code == AUTH_REQUIRED && asks(words));
    if (http == 401 || http == 403 || login || CREDENTIALS.matcher(words).find()) {
      return Breakage.CREDENTIALS;
    }
    if (http == 429 || THROTTLED.matcher(words).find()) {
      return ResetTime.in(words, now, zone).isPresent() ? Breakage.QUOTA : Breakage.THROTTLED;
    }
    boolean theirs = http == 408 || http >= 500 || OVERLOADED.matcher(words).find();
    return theirs ? Breakage.OVERLOADED : Breakage.CRASHED;
  }

  /** The code is free for other uses, too. */
  private static boolean asks(String words) {
    return words.isEmpty()
        || Pattern.compile("auth|log", Pattern.CASE_INSENSITIVE).matcher(words).find();
  }
}
