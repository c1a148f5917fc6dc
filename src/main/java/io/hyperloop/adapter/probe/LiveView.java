package io.hyperloop.adapter.probe;

import io.hyperloop.domain.State;
import io.hyperloop.port.Probe;
import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.WindowSize;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * A terminal: events scroll by as lines, and below them stand the tasks under way, redrawn at most
 * ten times a second and only when something changed, or once a second for the ages.
 *
 * <p>INVARIANT: the terminal is never put into a mode that would have to be undone, so that being
 * killed at any instant leaves it usable. The cursor rests at the start of the line below the view.
 */
public final class LiveView implements Probe, AutoCloseable {
  private static final int ENTRIES_MAX = 4_096;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final long REDRAW_MIN_MILLIS = 100;
  private static final long REDRAW_MAX_MILLIS = 1_000;
  private static final int ROWS_DEFAULT = 24;
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  private final OutputStream out;
  private final Screen screen;
  private final ZoneId zone;
  private final InstantSource clock;
  private final Board board;
  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(ENTRIES_MAX);
  private final AtomicBoolean resized = new AtomicBoolean(true);
  private final AtomicInteger missed = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread painter;
  private final @Nullable Object winch;
  private WindowSize size;
  private List<String> drawn = List.of();

  /**
   * Begins drawing.
   *
   * @param out the terminal; stays open
   * @param state how things stand at the start
   */
  public LiveView(OutputStream out, Screen screen, State state, ZoneId zone, InstantSource clock) {
    this.out = out;
    this.screen = screen;
    this.zone = zone;
    this.clock = clock;
    this.board = Board.of(state);
    this.size = new WindowSize(screen.columns(), ROWS_DEFAULT);
    this.winch = Signals.register("WINCH", () -> resized.set(true));
    this.painter = Thread.ofPlatform().daemon().name("live-view").start(this::paint);
  }

  @Override
  public void accept(Entry entry) {
    // Full only while the terminal is stopped (^S): the view misses events rather than wait.
    if (!entries.offer(entry)) {
      missed.incrementAndGet();
    }
  }

  private void paint() {
    try {
      String last = "";
      boolean closed = false;
      while (!closed || !entries.isEmpty()) {
        var news = new ArrayList<Entry>();
        Entry first = entries.poll(closed ? 0 : REDRAW_MAX_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          news.add(first);
          entries.drainTo(news);
        }
        String next = next(news);
        if (!news.isEmpty() || !next.equals(last)) {
          out.write(next.getBytes(StandardCharsets.UTF_8));
          out.flush();
          last = next;
        }
        closed = closing.await(REDRAW_MIN_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (IOException e) {
      // The terminal is gone; the work goes on.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What to write: back over the old view, the news as lines, and the view anew. */
  private String next(List<Entry> news) {
    if (resized.getAndSet(false)) {
      WindowSize asked = WindowSize.ask();
      size =
          asked.columns() == 0 || asked.rows() == 0
              ? new WindowSize(screen.columns(), ROWS_DEFAULT)
              : asked;
    }
    var text = new StringBuilder();
    int up = drawn.stream().mapToInt(this::height).sum();
    text.append('\r');
    if (up > 0) {
      text.append("\u001b[").append(up).append('A');
    }
    for (Entry entry : news) {
      board.apply(entry);
      line(text, ConsoleLog.line(entry, screen, zone));
    }
    int lost = missed.getAndSet(0);
    if (lost > 0) {
      line(text, "... " + lost + " events left out: the terminal was stopped");
    }
    // One row is the cursor's, and two are left for the lines above to be seen.
    drawn = new Frame(screen, size.columns(), size.rows() - 3).lines(board, clock.instant());
    drawn.forEach(line -> line(text, line));
    return text.append("\u001b[J").toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append("\u001b[K\n");
  }

  /** The rows that a drawn line takes now: a terminal made narrower has wrapped it. */
  private int height(String line) {
    int width = Text.width(COLOURS.matcher(line).replaceAll(""));
    return Math.max(1, (width + size.columns() - 1) / size.columns());
  }

  /** Draws what is pending, for at most two seconds, and leaves the last view standing. */
  @Override
  public void close() {
    closing.countDown();
    try {
      boolean ended = painter.join(CLOSE_LIMIT);
      if (!ended) {
        painter.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (winch != null) {
      Signals.unregister("WINCH", winch);
    }
  }
}
