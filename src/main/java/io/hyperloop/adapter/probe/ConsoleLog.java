package io.hyperloop.adapter.probe;

import io.hyperloop.port.Probe;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One line per event, {@code 12:34:56 task-001 verifier started, round 0}.
 *
 * <p>INVARIANT: {@link #accept} never waits. A thread of its own writes; when whoever reads the
 * pipe stops reading, lines are dropped and counted; when the pipe is closed, nothing is written
 * any more; when they cannot be written for another reason, that is told once.
 */
public final class ConsoleLog implements Probe, AutoCloseable {
  private static final int LINES_MAX = 4_096;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final int SUBJECT_WIDTH = 8;
  private static final int SUBJECT_MAX = 80;
  private static final String END = "";

  private final OutputStream out;
  private final Screen screen;
  private final ZoneId zone;
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_MAX);
  private final Consumer<String> complaints;
  private final AtomicInteger dropped = new AtomicInteger();
  private final Thread writer;

  /**
   * Begins writing.
   *
   * @param out stays open
   * @param complaints is told at most once why nothing more is written
   */
  public ConsoleLog(OutputStream out, Screen screen, ZoneId zone, Consumer<String> complaints) {
    this.out = out;
    this.screen = screen;
    this.zone = zone;
    this.complaints = complaints;
    this.writer = Thread.ofPlatform().daemon().name("console-log").start(this::write);
  }

  @Override
  public void accept(Entry entry) {
    if (!lines.offer(line(entry, screen, zone))) {
      dropped.incrementAndGet();
    }
  }

  /** The line of an event, without a line break. */
  static String line(Entry entry, Screen screen, ZoneId zone) {
    EventText words = EventText.of(entry.event());
    return screen.paint(Tone.FAINT, TIME.format(entry.at().atZone(zone)))
        + " "
        + subject(words.subject())
        + " "
        + screen.paint(words.tone(), words.text());
  }

  /** Names of tasks stand in a column; a longer one, such as a spec's path, is shown whole. */
  private static String subject(String subject) {
    return Text.width(subject) <= SUBJECT_WIDTH
        ? Text.pad(subject, SUBJECT_WIDTH)
        : Text.fit(subject, SUBJECT_MAX);
  }

  private void write() {
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        print(line);
        int lost = dropped.getAndSet(0);
        if (lost > 0) {
          print("... " + lost + " lines left out: nobody was reading");
        }
        if (lines.isEmpty()) {
          out.flush();
        }
      }
      out.flush();
    } catch (IOException e) {
      // The events are in the event log, and the work goes on.
      String why = String.valueOf(e.getMessage());
      if (!why.contains("Broken pipe")) {
        complaints.accept(why);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes what is pending, for at most two seconds. */
  @Override
  public void close() {
    if (!lines.offer(END)) {
      return;
    }
    try {
      boolean written = writer.join(CLOSE_LIMIT);
      if (!written) {
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
