package io.hyperloop.terminal;

import java.io.Console;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What standard output is connected to.
 *
 * @param terminal whether it is a terminal at all
 * @param animated whether the cursor can be moved on it
 * @param colour whether to use colours
 * @param columns how wide lines may be; for a pipe they are not cut, so it is large
 */
public record Screen(boolean terminal, boolean animated, boolean colour, int columns) {
  /** The width to assume where nobody knows it. */
  private static final int COLUMNS_DEFAULT = 80;

  private static final int COLUMNS_MIN = 20;
  private static final int COLUMNS_UNLIMITED = 10_000;

  public static final Screen PIPE = new Screen(false, false, false, COLUMNS_UNLIMITED);

  /**
   * Finds out. The launcher says in {@code hyperloop.terminal} which of {@code out} and {@code err}
   * are terminals and in {@code hyperloop.columns} how wide; started without it, the JVM is asked.
   */
  public static Screen of(Map<String, String> environment, Properties properties) {
    String told = properties.getProperty("hyperloop.terminal");
    boolean terminal =
        told == null
            ? Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false)
            : told.contains("out");
    if (!terminal) {
      return PIPE;
    }
    String term = environment.getOrDefault("TERM", "dumb");
    boolean animated = !term.equals("dumb") && !term.isEmpty();
    boolean colour = animated && environment.getOrDefault("NO_COLOR", "").isEmpty();
    int columns = number(environment.getOrDefault("COLUMNS", ""));
    if (columns == 0) {
      columns = number(properties.getProperty("hyperloop.columns", ""));
    }
    if (columns == 0) {
      columns = WindowSize.ask().columns();
    }
    return new Screen(
        true, animated, colour, columns == 0 ? COLUMNS_DEFAULT : Math.max(columns, COLUMNS_MIN));
  }

  private static int number(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
  }

  /** The text in that tone, as far as this screen has colours. */
  public String paint(Tone tone, String text) {
    return tone.paint(text, colour);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "terminal=%s animated=%s colour=%s columns=%d",
        terminal,
        animated,
        colour,
        columns);
  }
}
