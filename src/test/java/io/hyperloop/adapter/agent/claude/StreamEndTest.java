package io.hyperloop.adapter.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.domain.Breakage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Over lines that Claude Code 2.1.330 printed, see {@code ends.jsonl}. */
class StreamEndTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-11-22T21:38:50Z");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "overloaded, OVERLOADED, API Error: 529 Overloaded",
    "throttled, THROTTLED, Request rejected (429)",
    "limit reached, QUOTA, hit your 5-hour limit",
    "key refused, CREDENTIALS, Invalid API key",
    "token revoked, CREDENTIALS, OAuth token revoked",
    "not logged in, CREDENTIALS, Please run /login",
    "no credit, QUOTA, Credit balance is too low",
    "conversation gone, CRASHED, No conversation found",
    "tool denied, PERMISSION_DENIED, not permitted to use Bash",
    "too many turns, CRASHED, Reached maximum number of turns (1)"
  })
  void anEndWithoutAVerdictIsToldApart(String name, Breakage kind, String words) {
    assertThat(captured(name, false).ending(NOW, ZONE))
        .isInstanceOfSatisfying(
            Ending.Broken.class,
            broken -> {
              assertThat(broken.kind()).isEqualTo(kind);
              assertThat(broken.detail()).contains(words);
            });
  }

  @Test
  void aLimitNamesItsReset() {
    assertThat(broken(captured("limit reached", false)).until())
        .isEqualTo(Instant.ofEpochSecond(1_795_390_731L));
  }

  @Test
  void withoutAnEventTheResetIsReadFromTheWords() {
    StreamEnd end = captured("limit reached", false);

    assertThat(broken(new StreamEnd(1, end.result(), null, "", false)).until())
        .isEqualTo(Instant.parse("2026-11-22T23:38:00Z"));
  }

  @Test
  void anOldLineOfSecondsIsALimitToo() {
    Ending.Broken end =
        broken(
            end(1, "{\"is_error\":true,\"result\":\"Claude AI usage limit reached|1795390731\"}"));

    assertThat(end.kind()).isEqualTo(Breakage.QUOTA);
    assertThat(end.until()).isEqualTo(Instant.ofEpochSecond(1_795_390_731L));
  }

  @Test
  void aVerdictIsTheAgentsEnd() {
    assertThat(captured("done", true).ending(NOW, ZONE)).isEqualTo(new Ending.Finished());
  }

  @Test
  void anAgentThatEndsWithoutReportIsSeenByItsMissingReport() {
    assertThat(captured("no verdict", false).ending(NOW, ZONE)).isEqualTo(new Ending.Finished());
  }

  @Test
  void aDeniedToolDoesNotUndoAVerdict() {
    assertThat(captured("tool denied", true).ending(NOW, ZONE)).isEqualTo(new Ending.Finished());
  }

  @Test
  void anExitCodeSpoilsASuccess() {
    assertThat(broken(end(137, "{\"is_error\":false,\"subtype\":\"success\"}")).kind())
        .isEqualTo(Breakage.CRASHED);
  }

  @ParameterizedTest
  @CsvSource({
    "1, Invalid API key · Please run /login, CREDENTIALS",
    "1, --dangerously-skip-permissions cannot be used with root, CRASHED",
    "0, '', CRASHED",
    "137, '', CRASHED"
  })
  void withoutAResultItsErrorsTell(int exit, String errors, Breakage kind) {
    assertThat(broken(new StreamEnd(exit, null, null, errors, true)).kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "500, api_error, OVERLOADED",
    "503, '', OVERLOADED",
    "529, overloaded_error, OVERLOADED",
    "408, '', OVERLOADED",
    "429, rate_limit_error, THROTTLED",
    "402, billing_error, QUOTA",
    "401, authentication_error, CREDENTIALS",
    "403, permission_error, CREDENTIALS",
    "400, invalid_request_error, CRASHED",
    "404, not_found_error, CRASHED"
  })
  void aStatusTells(int status, String error, Breakage kind) {
    String line =
        "{\"is_error\":true,\"api_error_status\":%d,\"api_error_type\":\"%s\",\"result\":\"x\"}";

    assertThat(broken(end(1, line.formatted(status, error))).kind()).isEqualTo(kind);
  }

  @Test
  void aServiceThatCannotBeReachedIsNotTheAgentsFault() {
    String line = "{\"is_error\":true,\"result\":\"API Error: Unable to connect (ECONNREFUSED)\"}";

    assertThat(broken(end(1, line)).kind()).isEqualTo(Breakage.OVERLOADED);
  }

  @Test
  void aConversationThatIsGoneIsNoticed() {
    assertThat(captured("conversation gone", false).conversationGone()).isTrue();
    assertThat(captured("overloaded", false).conversationGone()).isFalse();
  }

  @Test
  void aResultOfNonsenseIsNoVerdict() {
    String line = "{\"is_error\":[],\"permission_denials\":7,\"errors\":{\"a\":1},\"result\":{}}";

    assertThat(end(0, line).ending(NOW, ZONE)).isEqualTo(new Ending.Finished());
  }

  private static StreamEnd end(int exit, String line) {
    return new StreamEnd(exit, StreamResult.of(JSON.readTree(line)), null, "", false);
  }

  private static Ending.Broken broken(StreamEnd end) {
    return (Ending.Broken) end.ending(NOW, ZONE);
  }

  private static StreamEnd captured(String name, boolean verdict) {
    JsonNode found = line(name);
    JsonNode limit = found.path("limit");
    @Nullable RateLimit known = limit.isObject() ? RateLimit.of(limit) : null;
    return new StreamEnd(
        found.path("exit").asInt(), StreamResult.of(found.path("result")), known, "", verdict);
  }

  private static JsonNode line(String name) {
    try (InputStream in =
        Objects.requireNonNull(StreamEndTest.class.getResourceAsStream("ends.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .filter(line -> line.path("case").asString("").equals(name))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
