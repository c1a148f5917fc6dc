package io.hyperloop.adapter.github;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.HttpException;

/** Asks by hub4j, whose failures are told apart here. */
final class Hub4j {
  private final Refusals refusals;

  Hub4j(Refusals refusals) {
    this.refusals = refusals;
  }

  /** Something that hub4j does. */
  @FunctionalInterface
  interface Asked<T> {
    T ask() throws IOException;
  }

  /** GitHub says no to what was asked, in the body of its answer. */
  static final class Refused extends RuntimeException {
    final String said;

    Refused(String said) {
      super(said);
      this.said = said;
    }
  }

  /**
   * Asks.
   *
   * @throws Refused if GitHub says no to what was asked
   */
  <T> T call(Asked<T> asked) {
    try {
      return asked.ask();
    } catch (GHFileNotFoundException e) {
      throw new Refused(text(e.getMessage()));
    } catch (HttpException e) {
      if (e.getResponseCode() >= 400) {
        throw new Refused(text(e.getMessage()));
      }
      throw refusals.unreachable("GitHub's answer is none: " + text(e.getMessage()), "");
    } catch (IOException e) {
      throw refusals.unreachable("GitHub's answer is none: " + text(e.getMessage()), "");
    }
  }

  private static String text(@Nullable String message) {
    return message == null ? "" : message;
  }
}
