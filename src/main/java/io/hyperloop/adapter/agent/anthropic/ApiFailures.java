package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.ErrorType;
import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.domain.Breakage;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a failure of the Messages API means for a run. Source: the list of errors in Anthropic's API
 * documentation.
 */
final class ApiFailures {
  /** Who is told to wait longer than this has used up a quota; less is mere throttling. */
  private static final Duration QUOTA_WAIT = Duration.ofMinutes(5);

  private static final int WORDS_MAX = 500;

  private ApiFailures() {}

  /** Whether the same request may succeed if made again at once or soon. */
  static boolean passes(RuntimeException failure) {
    return switch (failure) {
      case AnthropicIoException e -> true;
      case AnthropicServiceException e ->
          // With status 200 the failure came in the middle of a reply, where the SDK does not
          // retry.
          e.statusCode() == 200 && ending(e).kind() != Breakage.CRASHED;
      default -> false;
    };
  }

  static Ending.Broken ending(RuntimeException failure) {
    return switch (failure) {
      case AnthropicServiceException e ->
          new Ending.Broken(kind(e), "the model's service answered " + words(e));
      case AnthropicIoException e when isTimeout(e) ->
          new Ending.Broken(Breakage.TIMED_OUT, "the model's service did not answer in time");
      case AnthropicIoException e ->
          // Not the agent's fault, and it passes: to be tried again without counting.
          new Ending.Broken(
              Breakage.OVERLOADED, "the model's service cannot be reached: " + innermost(e));
      default ->
          new Ending.Broken(
              Breakage.CRASHED, "the model's answer could not be used: " + innermost(failure));
    };
  }

  private static Breakage kind(AnthropicServiceException e) {
    int status = e.statusCode();
    ErrorType type = e.type().orElse(null);
    if (status == 401 || status == 403 || ErrorType.AUTHENTICATION_ERROR.equals(type)) {
      return Breakage.CREDENTIALS;
    }
    String said = e.apiMessage().orElse("").toLowerCase(Locale.ROOT);
    boolean spent =
        status == 402 || ErrorType.BILLING_ERROR.equals(type) || said.contains("credit balance");
    if (spent) {
      return Breakage.QUOTA;
    }
    if (status == 429 || ErrorType.RATE_LIMIT_ERROR.equals(type)) {
      boolean longWait = wait(e).filter(wait -> wait.compareTo(QUOTA_WAIT) > 0).isPresent();
      return longWait || said.contains("quota") || said.contains("usage limit")
          ? Breakage.QUOTA
          : Breakage.THROTTLED;
    }
    if (status == 408 || status == 504 || ErrorType.TIMEOUT_ERROR.equals(type)) {
      return Breakage.TIMED_OUT;
    }
    boolean theirs =
        status >= 500
            || ErrorType.OVERLOADED_ERROR.equals(type)
            || ErrorType.API_ERROR.equals(type);
    return theirs ? Breakage.OVERLOADED : Breakage.CRASHED;
  }

  private static String words(AnthropicServiceException e) {
    String said = e.apiMessage().or(() -> Optional.ofNullable(e.getMessage())).orElse("");
    String wait = wait(e).map(w -> "; to be tried again in " + w.toSeconds() + " s").orElse("");
    String all = e.statusCode() + ": " + said.replaceAll("\\p{Cntrl}+", " ") + wait;
    return all.length() > WORDS_MAX ? all.substring(0, WORDS_MAX) + "..." : all;
  }

  private static Optional<Duration> wait(AnthropicServiceException e) {
    return e.headers().values("retry-after").stream()
        .findFirst()
        .filter(seconds -> seconds.matches("[0-9]{1,7}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
  }

  private static boolean isTimeout(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private static String innermost(Throwable e) {
    Throwable at = e;
    while (at.getCause() != null) {
      at = at.getCause();
    }
    return at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
  }
}
