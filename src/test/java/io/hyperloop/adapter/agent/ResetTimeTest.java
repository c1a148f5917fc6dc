package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResetTimeTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          You've hit your 5-hour limit · resets 11:38pm (UTC) | 2026-11-22T23:38:00Z
          You've hit your session limit · resets 4pm (Europe/Berlin) | 2026-11-23T15:00:00Z
          resets at 4:30 PM (America/New_York) | 2026-11-22T21:30:00Z
          limit reached - resets 12am (UTC) | 2026-11-23T00:00:00Z
          resets at 12:15 pm (UTC) | 2026-11-23T12:15:00Z
          resets at 23:50 (UTC) | 2026-11-22T23:50:00Z
          resets 11pm | 2026-11-22T22:00:00Z
          resets Nov 25, 9am (UTC) | 2026-11-25T09:00:00Z
          resets on November 25th at 9:05am (UTC) | 2026-11-25T09:05:00Z
          weekly limit · resets Dec 1 at 10am (Asia/Tokyo) | 2026-12-01T01:00:00Z
          resets 2026-11-23T01:02:03Z | 2026-11-23T01:02:03Z
          resets_at: 2026-11-23T01:02:03.5Z | 2026-11-23T01:02:03.500Z
          """)
  void aTimeSaidToPeopleIsRead(String text, Instant expected) {
    assertThat(ResetTime.in(text, Instant.parse("2026-11-22T20:00:00Z"), BERLIN))
        .contains(expected);
  }

  @Test
  void secondsAfterABarAreRead() {
    Instant now = Instant.ofEpochSecond(1_795_380_000L);

    assertThat(ResetTime.in("Claude AI usage limit reached|1795390731", now, BERLIN))
        .contains(Instant.ofEpochSecond(1_795_390_731L));
  }

  @Test
  void aTimeOfDayThatIsOverIsTomorrows() {
    assertThat(at("2026-11-22T21:00+01:00", "resets 4pm")).isEqualTo("2026-11-23T15:00:00Z");
  }

  @Test
  void aTimeThatHasJustPassedIsMeantAsItIsSaid() {
    assertThat(at("2026-11-22T16:03+01:00", "resets 4pm")).isEqualTo("2026-11-22T15:00:00Z");
  }

  @Test
  void tomorrowComesAnHourLaterWhenSummerEnds() {
    assertThat(at("2026-10-24T21:00+02:00", "resets 4pm")).isEqualTo("2026-10-25T15:00:00Z");
  }

  @Test
  void anHourThatSummerTimeSkipsIsTheNext() {
    assertThat(at("2026-03-29T00:30+01:00", "resets 2:30am")).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void aDateInJanuarySaidInDecemberIsNextYears() {
    assertThat(at("2026-12-30T12:00+01:00", "resets Jan 2 at 8am"))
        .isEqualTo("2027-01-02T07:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "resets soon",
        "resets 5 times",
        "resets 25:00",
        "resets 13pm",
        "resets 4pm (Nowhere/Atall)",
        "resets Foo 3 at 4pm",
        "resets Feb 31 at 4pm",
        "resets Jun 3 at 4pm",
        "limit reached|99999999999",
        "the test resets the counter"
      })
  void whatNamesNoTimeThatCanBeIsNone(String text) {
    assertThat(ResetTime.in(text, Instant.parse("2026-11-22T20:00:00Z"), BERLIN)).isEmpty();
  }

  private static String at(String now, String text) {
    return ResetTime.in(text, ZonedDateTime.parse(now).toInstant(), BERLIN)
        .orElseThrow()
        .toString();
  }
}
