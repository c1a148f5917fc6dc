package io.hyperloop.cli;

import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Where commands print: results to standard output, all else to standard error; in UTF-8 whatever
 * the locale.
 *
 * <p>Unlike {@link System#out} it does not swallow failures: a closed pipe ends the command
 * quietly, a full disk is told.
 */
public final class Console {
  private static final int BUFFER = 16 << 10;

  private final OutputStream raw;
  private final OutputStream out;
  private final OutputStream err;
  private final Screen screen;

  public Console(OutputStream out, OutputStream err, Screen screen) {
    this.raw = out;
    this.out = new BufferedOutputStream(out, BUFFER);
    this.err = err;
    this.screen = screen;
  }

  /** This process's own. */
  public static Console standard(Map<String, String> environment) {
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Screen.of(environment, System.getProperties()));
  }

  /** Standard output could not be written. */
  static final class OutputFailure extends RuntimeException {
    OutputFailure(IOException cause) {
      super(cause.getMessage(), cause);
    }

    /** Whether only the reader has gone. */
    boolean closed() {
      String message = getMessage();
      return message != null && message.contains("Broken pipe");
    }
  }

  public Screen screen() {
    return screen;
  }

  /** Standard output without a buffer, for probes. Print nothing else meanwhile. */
  public OutputStream raw() {
    flush();
    return raw;
  }

  /** Prints a line that is safe to print. */
  public void line(String safe) {
    text(safe + "\n");
  }

  public void lines(List<String> safe) {
    safe.forEach(this::line);
  }

  /** Prints a line in that tone. */
  public void line(Tone tone, String safe) {
    line(screen.paint(tone, safe));
  }

  void text(String safe) {
    try {
      out.write(safe.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }

  /** The same as a writer, for libraries that print. */
  Writer writer() {
    return new Writer() {
      @Override
      public void write(char[] from, int offset, int length) {
        text(new String(from, offset, length));
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  /** Says something on standard error; several lines at most, made safe here. */
  public void note(String hostile) {
    try {
      err.write((Text.block(hostile) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Nobody reads errors: the exit code tells.
    }
  }

  /** Sees to it that all is written. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new OutputFailure(e);
    }
  }
}
