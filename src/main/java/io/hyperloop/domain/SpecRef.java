package io.hyperloop.domain;

/**
 * A spec at a version, {@code specs/auth.md@<40 hex>}: the commit is the last one on the base
 * branch that changed the file.
 */
public record SpecRef(String path, String commit) {
  public SpecRef {
    if (path.isBlank()) {
      throw new IllegalArgumentException("a spec ref without a path");
    }
    if (!commit.matches("[0-9a-f]{40}")) {
      throw new IllegalArgumentException("a spec ref's commit is 40 hex digits, not " + commit);
    }
  }

  /**
   * Reads {@code path@commit}; the path itself may hold an {@code @}.
   *
   * @throws IllegalArgumentException if there is no {@code @} or the commit is not 40 hex digits
   */
  public static SpecRef parse(String text) {
    int at = text.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("not a spec ref (path@commit): " + text);
    }
    return new SpecRef(text.substring(0, at), text.substring(at + 1));
  }

  /** For people: the commit cut to seven digits. */
  public String abbreviated() {
    return path + "@" + commit.substring(0, 7);
  }

  @Override
  public String toString() {
    return path + "@" + commit;
  }
}
