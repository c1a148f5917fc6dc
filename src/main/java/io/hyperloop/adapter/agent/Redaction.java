package io.hyperloop.adapter.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Takes known secret values out of whatever leaves us: logs, findings, messages. */
public final class Redaction {
  private static final String INSTEAD = "[redacted]";

  private final List<String> secrets;

  /** As the bytes of the secrets read as ISO 8859-1, for streams of unknown encoding. */
  private final List<String> rawSecrets;

  /** Of known secrets. */
  public Redaction(Secrets secrets) {
    this.secrets = secrets.all().stream().map(Secrets.Secret::value).toList();
    this.rawSecrets = secrets.all().stream().map(Secrets.Secret::raw).toList();
  }

  /** Of the values that environment variables with telling names hold. */
  @SafeVarargs
  public static Redaction of(Map<String, String>... environments) {
    return new Redaction(Secrets.of(environments));
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
