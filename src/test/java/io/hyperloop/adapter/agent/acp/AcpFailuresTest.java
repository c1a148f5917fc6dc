package io.hyperloop.adapter.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors mean, by their words. */
class AcpFailuresTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -32000 | Authentication required                                          | CREDENTIALS
          -32004 | whatever                                                         | CREDENTIALS
          -32000 | a prompt is running                                              | CRASHED
          -32603 | Internal error: invalid x-api-key {"errorName":"APIError"}       | CREDENTIALS
          -32603 | Internal error: Incorrect API key provided                       | CREDENTIALS
          -32603 | Internal error {"statusCode":401}                                | CREDENTIALS
          -32603 | Internal error {"details":"Your credit balance is too low"}      | QUOTA
          -32603 | You exceeded your current quota {"code":"insufficient_quota"}    | QUOTA
          429    | Too many requests, resets 4pm (UTC)                              | QUOTA
          429    | Rate limit exceeded. Try again later.                            | THROTTLED
          -32603 | Internal error {"status":429}                                    | THROTTLED
          -32603 | 529 {"type":"error","error":{"type":"overloaded_error"}}         | OVERLOADED
          -32603 | Overloaded                                                       | OVERLOADED
          -32603 | Internal error {"details":"fetch failed"}                        | OVERLOADED
          -32603 | Internal error: OpenCode service failure {"service":"session"}   | CRASHED
          -32602 | Invalid params: line 429                                         | CRASHED
          -32601 | Method not found                                                 | CRASHED
          0      |                                                                  | CRASHED
          """)
  void anErrorIsToldApartByItsWords(int code, String words, Breakage kind) {
    String said = words == null ? "" : words;

    assertThat(AcpFailures.ending(code, said, NOW, ZoneOffset.UTC).kind()).isEqualTo(kind);
  }

  @Test
  void aResetIsKept() {
    assertThat(AcpFailures.ending(429, "rate limit: resets 4pm (UTC)", NOW, ZoneOffset.UTC).until())
        .isEqualTo(Instant.parse("2026-11-22T16:00:00Z"));
  }

  @Test
  void aLongErrorIsCut() {
    assertThat(AcpFailures.ending(1, "x".repeat(10_000), NOW, ZoneOffset.UTC).detail())
        .hasSizeLessThan(600);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slow down | 1 | 7200 | QUOTA",
        "Provider is overloaded | 1 | 7200 | OVERLOADED",
        "Provider is overloaded | 4 | 16 | OVERLOADED",
        "rate limit | 4 | 16 | THROTTLED",
        "no word that is known | 4 | 16 | OVERLOADED",
        "insufficient credits | 4 | 16 | QUOTA"
      })
  void whoWaitsLongOrOftenHasNothingToExpect(
      String words, int attempt, long seconds, Breakage kind) {
    Instant now = Instant.parse("2026-11-23T01:00:00Z");

    assertThat(AcpFailures.waits(words, attempt, now.plusSeconds(seconds), now))
        .isNotNull()
        .satisfies(broken -> assertThat(broken.kind()).isEqualTo(kind));
  }

  @Test
  void whoWaitsShortlyIsLeftAlone() {
    Instant now = Instant.parse("2026-11-23T01:00:00Z");

    assertThat(AcpFailures.waits("slow down", 3, now.plusSeconds(16), now)).isNull();
  }
}
