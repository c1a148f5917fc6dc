package io.hyperloop.adapter.agent;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When an allowance begins anew, out of what a program says to people: {@code resets 4pm
 * (Europe/Berlin)}, {@code resets Oct 9 at 4:30pm}, {@code try again at 2:13 AM}, {@code usage
 * limit reached|1760000000}.
 */
public final class ResetTime {
  private static final int TEXT_MAX = 4_000;

  /** Later than any allowance lasts: then it was read wrongly. */
  private static final Duration FARTHEST = Duration.ofDays(40);

  /** A time that has just passed is meant as it is said, not as tomorrow's. */
  private static final Duration JUST = Duration.ofMinutes(5);

  private static final Pattern EPOCH = Pattern.compile("limit reached\\|(\\d{10,13})\\b");

  private static final Pattern INSTANT =
      Pattern.compile("\\breset\\w*\\W{1,3}(?:at |on )?(\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,18}Z)");

  private static final Pattern PHRASE =
      Pattern.compile(
          "\\b(?:resets?:? {1,2}|try again )(?:at |on )?(?:(?<month>[a-z]{3,9})\\.?"
              + " (?<day>\\d{1,2})(?:st|nd|rd|th)?,?(?: \\d{4})?(?: at)?"
              + " )?(?<hour>\\d{1,2})(?::(?<minute>\\d\\d))? ?(?<half>[ap]\\.?m\\b)?(?:"
              + " ?\\((?<zone>[\\w/+:-]{1,40})\\))?",
          Pattern.CASE_INSENSITIVE);

  private ResetTime() {}

  /**
   * The time named in a text.
   *
   * @param zone in which it speaks where it does not name one
   */
  public static Optional<Instant> in(String text, Instant now, ZoneId zone) {
    String bounded = text.substring(0, Math.min(text.length(), TEXT_MAX));
    try {
      return read(bounded, now, zone)
          .filter(time -> time.isBefore(now.plus(FARTHEST)))
          .filter(time -> time.isAfter(now.minus(FARTHEST)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Seconds or milliseconds since 1970. */
  public static Optional<Instant> epoch(long number) {
    boolean seconds = number < 100_000_000_000L;
    return number <= 0
        ? Optional.empty()
        : Optional.of(seconds ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number));
  }

  private static Optional<Instant> read(String text, Instant now, ZoneId zone) {
    Matcher epoch = EPOCH.matcher(text);
    if (epoch.find()) {
      return epoch(Long.parseLong(epoch.group(1)));
    }
    Matcher instant = INSTANT.matcher(text);
    if (instant.find()) {
      return Optional.of(Instant.parse(instant.group(1)));
    }
    Matcher phrase = PHRASE.matcher(text);
    while (phrase.find()) {
      Optional<Instant> time = phrase(phrase, now, zone);
      if (time.isPresent()) {
        return time;
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> phrase(Matcher said, Instant now, ZoneId otherwise) {
    boolean clock = said.group("half") != null || said.group("minute") != null;
    if (!clock) {
      return Optional.empty();
    }
    String named = said.group("zone");
    ZoneId zone = named == null ? otherwise : ZoneId.of(named, ZoneId.SHORT_IDS);
    ZonedDateTime here = now.atZone(zone);
    LocalTime time = time(said);
    String month = said.group("month");
    if (month != null) {
      LocalDate date = date(month, Integer.parseInt(said.group("day")), here.toLocalDate());
      return date == null
          ? Optional.empty()
          : Optional.of(LocalDateTime.of(date, time).atZone(zone).toInstant());
    }
    // By the calendar and not by adding hours: a day on which clocks change has 23 or 25.
    Instant today = here.toLocalDate().atTime(time).atZone(zone).toInstant();
    boolean over = today.isBefore(now.minus(JUST));
    return Optional.of(
        over ? here.toLocalDate().plusDays(1).atTime(time).atZone(zone).toInstant() : today);
  }

  private static LocalTime time(Matcher said) {
    int hour = Integer.parseInt(said.group("hour"));
    String half = said.group("half");
    if (half != null) {
      if (hour < 1 || hour > 12) {
        throw new DateTimeException("no hour of half a day: " + hour);
      }
      boolean afternoon = half.toLowerCase(Locale.ROOT).startsWith("p");
      hour = hour % 12 + (afternoon ? 12 : 0);
    }
    String minute = said.group("minute");
    return LocalTime.of(hour, minute == null ? 0 : Integer.parseInt(minute));
  }

  /** The one nearest to today. */
  private static @Nullable LocalDate date(String name, int day, LocalDate today) {
    String beginning = name.substring(0, 3).toLowerCase(Locale.ROOT);
    Month month =
        Arrays.stream(Month.values())
            .filter(m ->
                m.getDisplayName(TextStyle.SHORT, Locale.ROOT)
                    .toLowerCase(Locale.ROOT)
                    .startsWith(beginning))
            .findFirst()
            .orElse(null);
    if (month == null) {
      return null;
    }
    LocalDate date = LocalDate.of(today.getYear(), month, day);
    return date.isBefore(today.minusDays(180)) ? date.plusYears(1) : date;
  }
}
