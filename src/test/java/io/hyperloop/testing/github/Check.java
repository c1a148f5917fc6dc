package io.hyperloop.testing.github;

/**
 * A check of one commit.
 *
 * @param status whether it is a commit status rather than a check run
 * @param ticks until it is done; 0 when done
 * @param conclusion as GitHub writes it, in small letters: {@code success}, {@code failure}
 */
public record Check(
    long id, String name, String head, boolean status, int ticks, String conclusion, String log) {

  boolean done() {
    return ticks == 0;
  }

  boolean passed() {
    return done()
        && (conclusion.equals("success")
            || conclusion.equals("neutral")
            || conclusion.equals("skipped"));
  }

  boolean failed() {
    return done() && !passed();
  }

  Check tick() {
    return new Check(id, name, head, status, Math.max(0, ticks - 1), conclusion, log);
  }
}
