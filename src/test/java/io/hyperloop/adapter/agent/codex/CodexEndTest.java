package io.hyperloop.adapter.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Breakage;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Over what Codex 0.169.0 said. */
class CodexEndTest {
  private static final Instant NOW = Instant.parse("2026-11-23T00:27:13Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "OVERLOADED | unexpected status 529 <unknown status code>: overloaded |"
            + " {\"http_connection_failed\":{\"http_status_code\":529}}",
        "OVERLOADED | Selected model is at capacity. Please try a different model. |"
            + " \"server_overloaded\"",
        "OVERLOADED | We’re currently experiencing high demand, which may cause temporary errors. |"
            + " \"internal_server_error\"",
        "OVERLOADED | stream disconnected before completion: error sending request |"
            + " {\"response_stream_disconnected\":{\"http_status_code\":null}}",
        "OVERLOADED | Connection failed: error sending request | \"other\"",
        "CREDENTIALS | unexpected status 401 Unauthorized: Incorrect API key provided |"
            + " {\"http_connection_failed\":{\"http_status_code\":401}}",
        "CREDENTIALS | unexpected status 403 Forbidden: forbidden |"
            + " {\"http_connection_failed\":{\"http_status_code\":403}}",
        "CREDENTIALS | Your access token could not be refreshed because your refresh token was"
            + " already used. Please log out and sign in again. | \"unauthorized\"",
        "CREDENTIALS | Missing environment variable: X_KEY. | \"other\"",
        "THROTTLED | exceeded retry limit, last status: 429 Too Many Requests |"
            + " {\"response_too_many_failed_attempts\":{\"http_status_code\":429}}",
        "QUOTA | Quota exceeded. Check your plan and billing details. | \"usage_limit_exceeded\"",
        "QUOTA | You’ve hit your usage limit. Upgrade to Pro, or try again at 2:13 AM. |"
            + " \"usage_limit_exceeded\"",
        "CRASHED | {\"error\":{\"type\":\"invalid_request_error\",\"message\":\"bad schema\"}} |"
            + " \"other\""
      })
  void anEndWithoutAVerdictIsToldApart(Breakage kind, String error, String failure) {
    Ending.Broken broken = broken(failed(error, failure, null));

    assertThat(broken.kind()).isEqualTo(kind);
    assertThat(broken.detail()).startsWith("Codex: ");
  }

  @Test
  void aLimitNamesItsReset() {
    Instant reset = NOW.plusSeconds(6_000);

    assertThat(
            broken(
                    failed(
                        "You’ve hit your usage limit.",
                        "\"usage_limit_exceeded\"",
                        new Allowance(1, reset, false)))
                .until())
        .isEqualTo(reset);
  }

  @Test
  void withoutAnAllowanceTheResetIsReadFromTheWords() {
    String words = "You’ve hit your usage limit. Visit https://x to purchase more or try again at ";

    assertThat(broken(failed(words + "2:13 AM.", "\"other\"", null)).until())
        .isEqualTo(Instant.parse("2026-11-23T01:13:00Z"));
    assertThat(broken(failed(words + "Nov 25th, 2026 2:13 AM.", "\"other\"", null)).until())
        .isEqualTo(Instant.parse("2026-11-25T01:13:00Z"));
  }

  @Test
  void withoutAWordOfItsOwnItsErrorsAreTold() {
    var end = new CodexEnd(101, false, "", json("null"), null, "thread 'main' panicked\n", false);

    assertThat(broken(end).detail())
        .isEqualTo("Codex ended with exit code 101: thread 'main' panicked");
  }

  @Test
  void aVerdictCountsAlthoughACommandWasForbidden() {
    String rejected =
        "error=exec_command failed: CreateProcess { message: \"Rejected(\\\"x\\\")\" }";

    assertThat(new CodexEnd(0, true, "", json("null"), null, rejected, true).ending(NOW, ZONE))
        .isInstanceOf(Ending.Finished.class);
    assertThat(broken(new CodexEnd(0, true, "", json("null"), null, rejected, false)).kind())
        .isEqualTo(Breakage.PERMISSION_DENIED);
  }

  @Test
  void anExitWithoutTheEndOfItsTurnIsNoEnd() {
    assertThat(broken(new CodexEnd(0, false, "", json("null"), null, "", true)).kind())
        .isEqualTo(Breakage.CRASHED);
  }

  private static CodexEnd failed(String error, String failure, @Nullable Allowance allowance) {
    return new CodexEnd(1, false, error, json(failure), allowance, "", false);
  }

  private static tools.jackson.databind.JsonNode json(String text) {
    return new JsonMapper().readTree(text);
  }

  private static Ending.Broken broken(CodexEnd end) {
    assertThat(end.ending(NOW, ZONE)).isInstanceOf(Ending.Broken.class);
    return (Ending.Broken) end.ending(NOW, ZONE);
  }
}
