package io.hyperloop.adapter.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The log of one run: whatever the agent says, as it comes, secrets taken out, up to a limit. What
 * goes beyond is counted and dropped, so that an agent neither fills the disk nor waits for us.
 */
public final class AgentLog implements AutoCloseable, WorkerProcess.Sink {
  /** For all runs of one key together. */
  public static final long BYTES_MAX = 64L << 20;

  private final OutputStream file;
  private final Redaction redaction;
  private final Redaction.Filter filter;
  private final long bytesMax;
  private long written;
  private long dropped;
  private boolean broken;

  private AgentLog(OutputStream file, Redaction redaction, long written, long bytesMax) {
    this.file = file;
    this.redaction = redaction;
    this.filter = redaction.filter();
    this.written = written;
    this.bytesMax = bytesMax;
  }

  /** Opens it at its end; a run of the same key that came before keeps its part. */
  static AgentLog open(Path path, Redaction redaction, long bytesMax) throws IOException {
    OutputStream file =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new AgentLog(file, redaction, Files.size(path), bytesMax);
  }

  @Override
  public synchronized void accept(byte[] bytes, int length) {
    if (written >= bytesMax) {
      dropped += length;
      return;
    }
    put(filter.pass(bytes, length));
    if (written >= bytesMax) {
      note("the log ends here: it has reached " + (bytesMax >> 20) + " MiB");
    }
  }

  /** Adds a line of our own. */
  public synchronized void line(String text) {
    byte[] bytes = (redaction.apply(text) + "\n").getBytes(StandardCharsets.UTF_8);
    if (written < bytesMax) {
      put(filter.rest());
      put(bytes);
    } else {
      dropped += bytes.length;
    }
  }

  /** Adds a line of ours even where the agent's part has reached its limit. */
  synchronized void note(String text) {
    put(filter.rest());
    put(("[hyperloop] " + redaction.apply(text) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte[] bytes) {
    if (broken || bytes.length == 0) {
      return;
    }
    try {
      file.write(bytes);
      written += bytes.length;
    } catch (IOException e) {
      // A full disk must not end the agent's work: its log is worth less than its commits.
      broken = true;
    }
  }

  @Override
  public synchronized void close() {
    if (dropped > 0) {
      note(String.format(Locale.ROOT, "%,d more bytes were not kept", dropped));
    } else {
      put(filter.rest());
    }
    broken = true;
    try {
      file.close();
    } catch (IOException e) {
      // Nothing is buffered: all that could be written has been.
    }
  }
}
