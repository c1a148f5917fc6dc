package io.hyperloop.adapter.agent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Takes known secret values out of whatever leaves us: logs, findings, messages. */
public final class Redaction {
  private static final String INSTEAD = "[redacted]";

  /** Shorter values would blot out ordinary words. */
  private static final int LENGTH_MIN = 8;

  private static final int LENGTH_MAX = 1 << 14;

  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PASSPHRASE).*");

  private final List<String> secrets;

  /** As the bytes of the secrets read as ISO 8859-1, for streams of unknown encoding. */
  private final List<String> rawSecrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
    this.rawSecrets = secrets.stream().map(Redaction::raw).toList();
  }

  /** Of the values that environment variables with telling names hold. */
  @SafeVarargs
  public static Redaction of(Map<String, String>... environments) {
    var secrets = new ArrayList<String>();
    for (Map<String, String> environment : environments) {
      environment.forEach((name, value) -> {
        boolean telling = SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches();
        boolean fits = value.length() >= LENGTH_MIN && value.length() <= LENGTH_MAX;
        if (telling && fits && !value.startsWith("/")) {
          secrets.add(value);
        }
      });
    }
    // Longest first, so that a secret within another does not leave the rest of it standing.
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    return new Redaction(secrets.stream().distinct().toList());
  }

  /** The text without secrets. */
  public String apply(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, INSTEAD);
    }
    return clean;
  }

  /** For bytes that come in pieces. */
  Filter filter() {
    return new Filter();
  }

  private static String raw(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  /** Holds back only what may be the beginning of a secret. */
  final class Filter {
    private String held = "";

    byte[] pass(byte[] bytes, int length) {
      String text = held + new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
      for (String secret : rawSecrets) {
        text = text.replace(secret, INSTEAD);
      }
      int keep = beginning(text);
      held = text.substring(text.length() - keep);
      return text.substring(0, text.length() - keep).getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] rest() {
      String text = held;
      held = "";
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private int beginning(String text) {
      int longest = 0;
      for (String secret : rawSecrets) {
        int most = Math.min(secret.length() - 1, text.length());
        for (int n = most; n > longest; n--) {
          if (text.regionMatches(text.length() - n, secret, 0, n)) {
            longest = n;
          }
        }
      }
      return longest;
    }
  }
}
