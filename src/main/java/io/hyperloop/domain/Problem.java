package io.hyperloop.domain;

/**
 * Something a person must know of: what, where, and what to do.
 *
 * @param where file and line, command, or place; empty if nowhere in particular
 */
public record Problem(Kind kind, Scope scope, String what, String where, String remedy) {

  /** Whose turn it is; each kind has its exit code. */
  public enum Kind {
    /** Usage, configuration, process, state, or the repository is not ready: exit 2. */
    USER,
    /** A tool, the network, a lock, credentials: exit 3. */
    ENVIRONMENT
  }

  /** How far it reaches. */
  public enum Scope {
    TASK,
    HARNESS,
    RUN
  }

  public static Problem user(String what, String where, String remedy) {
    return new Problem(Kind.USER, Scope.RUN, what, where, remedy);
  }

  public static Problem environment(String what, String where, String remedy) {
    return new Problem(Kind.ENVIRONMENT, Scope.RUN, what, where, remedy);
  }

  /** All of it in as many lines as it has parts. */
  public String text() {
    var text = new StringBuilder(what);
    if (!where.isEmpty()) {
      text.append("\n  where: ").append(where.replace("\n", "\n  "));
    }
    if (!remedy.isEmpty()) {
      text.append("\n  remedy: ").append(remedy.replace("\n", "\n  "));
    }
    return text.toString();
  }
}
