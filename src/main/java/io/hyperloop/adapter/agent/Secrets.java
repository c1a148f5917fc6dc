package io.hyperloop.adapter.agent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values that environment variables with telling names hold. Prints none of them.
 *
 * @param all longest first, so that a secret within another comes after it
 */
public record Secrets(List<Secret> all) {
  /** Shorter values would be found in ordinary words. */
  private static final int LENGTH_MIN = 8;

  private static final int LENGTH_MAX = 1 << 14;

  private static final Pattern SECRET_NAME =
      Pattern.compile(".*(KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|PASSPHRASE).*");

  private static final Pattern WORD = Pattern.compile("[a-z]{1,15}|[A-Z]{1,15}");

  public Secrets {
    all = List.copyOf(all);
  }

  /** One of them. */
  public record Secret(String name, String value) {
    /** Its bytes in UTF-8 read as ISO 8859-1, to be looked for where the encoding is unknown. */
    public String raw() {
      return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * Whether it is so much like a word, as in {@code postgres}, that to find it proves nothing.
     */
    public boolean isWord() {
      return WORD.matcher(value).matches();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Of several environments; of the names that hold the same value the first is told. */
  @SafeVarargs
  public static Secrets of(Map<String, String>... environments) {
    var secrets = new ArrayList<Secret>();
    for (Map<String, String> environment : environments) {
      environment.forEach((name, value) -> {
        boolean telling = SECRET_NAME.matcher(name.toUpperCase(Locale.ROOT)).matches();
        boolean fits = value.length() >= LENGTH_MIN && value.length() <= LENGTH_MAX;
        boolean known = secrets.stream().anyMatch(secret -> secret.value().equals(value));
        if (telling && fits && !known && !value.startsWith("/")) {
          secrets.add(new Secret(name, value));
        }
      });
    }
    secrets.sort(Comparator.comparingInt((Secret s) -> s.value().length()).reversed());
    return new Secrets(secrets);
  }
}
