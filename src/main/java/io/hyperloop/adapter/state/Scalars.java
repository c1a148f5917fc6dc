package io.hyperloop.adapter.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as YAML on one line, safe in block and flow style alike. */
final class Scalars {
  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:e[0-9]+)?");

  /** What some YAML reader or other takes for something else than text. */
  private static final Set<String> WORDS =
      Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");

  private Scalars() {}

  /** The text itself where no reader can misunderstand it, else in double quotes. */
  static String of(String text) {
    boolean id = OBJECT_ID.matcher(text).matches() && !NUMBER.matcher(text).matches();
    return id || plain(text) ? text : quoted(text);
  }

  static String of(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String list(Collection<?> items) {
    return items.stream()
        .map(item -> of(item.toString()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  static String map(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static boolean plain(String text) {
    if (text.isEmpty()
        || text.endsWith(" ")
        || !Character.isLetter(text.codePointAt(0))
        || WORDS.contains(text.toLowerCase(Locale.ROOT))) {
      return false;
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean harmless = Character.isLetterOrDigit(c) || " _-./()+=@;".indexOf(c) >= 0;
      boolean innerColon = c == ':' && i < text.length() && plainAfterColon(text.codePointAt(i));
      if (!harmless && !innerColon) {
        return false;
      }
    }
    return true;
  }

  private static boolean plainAfterColon(int c) {
    return c == '/' || Character.isLetterOrDigit(c);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> append(quoted, c);
      }
    }
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    boolean visible = c == ' ' || (c > ' ' && c < 0x7f) || (c > 0xa0 && Character.isDefined(c));
    if (visible && !hidden(Character.getType(c))) {
      quoted.appendCodePoint(c);
    } else if (c > 0xffff) {
      quoted.append("\\U%08x".formatted(c));
    } else {
      quoted.append("\\u%04x".formatted(c));
    }
  }

  private static boolean hidden(int type) {
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
