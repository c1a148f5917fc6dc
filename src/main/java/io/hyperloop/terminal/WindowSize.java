package io.hyperloop.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The terminal's size as {@code stty} tells it; 0 by 0 where nobody can. */
public record WindowSize(int columns, int rows) {
  private static final WindowSize UNKNOWN = new WindowSize(0, 0);

  /** Asks the controlling terminal. Takes a few milliseconds, at most half a second. */
  public static WindowSize ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      stty.getOutputStream().close();
      if (!stty.waitFor(500, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return UNKNOWN;
      }
      return parse(new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /** Reads {@code rows columns}. */
  static WindowSize parse(String text) {
    String[] words = text.strip().split(" ", -1);
    return words.length == 2 && words[0].matches("[0-9]{1,4}") && words[1].matches("[0-9]{1,4}")
        ? new WindowSize(Integer.parseInt(words[1]), Integer.parseInt(words[0]))
        : UNKNOWN;
  }
}
