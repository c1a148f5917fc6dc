package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.JsonLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Follows the record of one conversation as Codex writes it, on a thread of its own. The folder is
 * open to the agent, so links are not followed and nothing but a plain file is read.
 */
final class RecordTail implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final int PIECE = 1 << 20;

  /** Folders of days that are looked into. */
  private static final int DAYS_MAX = 1_000;

  private final Path sessions;
  private final String thread;
  private final JsonLines lines;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread follower;
  private long at;

  /**
   * Begins.
   *
   * @param home Codex's folder
   * @param from how much of the record is of earlier runs, in bytes
   */
  RecordTail(Path home, String thread, long from, JsonLines.Reader reader) {
    this.sessions = home.resolve("sessions");
    this.thread = thread;
    this.at = from;
    this.lines = new JsonLines(reader);
    this.follower = Thread.ofVirtual().name("record of " + thread).start(this::follow);
  }

  /** How long the record of a conversation is, in bytes; 0 if there is none. */
  static long length(Path home, String thread) {
    return find(home.resolve("sessions"), thread).map(RecordTail::size).orElse(0L);
  }

  private void follow() {
    Optional<Path> file = Optional.empty();
    try {
      boolean last;
      do {
        last = over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (file.isEmpty()) {
          file = find(sessions, thread);
        }
        file.ifPresent(this::read);
      } while (!last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Reads what is there by now. */
  private void read(Path file) {
    if (size(file) <= at) {
      return;
    }
    var buffer = ByteBuffer.allocate(PIECE);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      channel.position(at);
      for (int n = channel.read(buffer); n > 0; n = channel.read(buffer)) {
        lines.accept(buffer.array(), n);
        at += n;
        buffer.clear();
      }
    } catch (IOException e) {
      // It is gone, or no longer what it was: what was read stands.
    }
  }

  /** After Codex's end: reads the rest. */
  @Override
  public void close() {
    over.countDown();
    boolean interrupted = false;
    try {
      boolean ignored = follower.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  /** The newest: {@code sessions/2026/11/22/rollout-<time>-<thread>.jsonl}. */
  private static Optional<Path> find(Path sessions, String thread) {
    String end = "-" + thread + ".jsonl";
    return newest(sessions)
        .flatMap(year -> newest(year))
        .flatMap(month -> newest(month))
        .limit(DAYS_MAX)
        .flatMap(day -> list(day).stream())
        .filter(file -> file.getFileName().toString().endsWith(end))
        .findFirst();
  }

  private static Stream<Path> newest(Path folder) {
    return list(folder).stream()
        .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
        .sorted(Comparator.reverseOrder());
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
