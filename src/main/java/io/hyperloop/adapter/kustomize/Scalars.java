package io.hyperloop.adapter.kustomize;

import java.util.Set;

/** Texts as they have to stand in a YAML file to be read back as the same texts. */
final class Scalars {
  /** Words that YAML, or an older YAML, takes for something else than a text. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private Scalars() {}

  static String plainOrQuoted(String text) {
    boolean plain =
        text.matches("[A-Za-z.][A-Za-z0-9._/-]*")
            && text.matches(".*[A-Za-z].*")
            && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
            && !text.matches("\\.(inf|nan|Inf|NaN|INF|NAN)");
    return plain ? text : "'" + text.replace("'", "''") + "'";
  }
}
