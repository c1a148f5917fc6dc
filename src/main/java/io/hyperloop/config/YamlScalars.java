package io.hyperloop.config;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means, by the core schema of YAML 1.2.2, section 10.3. */
final class YamlScalars {
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,4})?");

  private YamlScalars() {}

  static @Nullable Object value(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> number(text);
    };
  }

  private static Object number(String text) {
    if (INTEGER.matcher(text).matches()) {
      return narrow(new BigInteger(text));
    }
    if (text.matches("0x[0-9a-fA-F]{1,40}")) {
      return narrow(new BigInteger(text.substring(2), 16));
    }
    if (text.matches("0o[0-7]{1,40}")) {
      return narrow(new BigInteger(text.substring(2), 8));
    }
    if (text.length() <= 60 && FLOAT.matcher(text).matches()) {
      return Double.valueOf(text);
    }
    return text;
  }

  private static Object narrow(BigInteger number) {
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }
}
