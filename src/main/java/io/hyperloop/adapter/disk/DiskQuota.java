package io.hyperloop.adapter.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is room for one more agent: the state directory does not hold too much, and its
 * disk has some space left. Cheap to ask, since adding up the state directory, where work trees may
 * hold a million files, goes on in the background and is done at most once a minute, or once a
 * second where the last result was that it is full.
 */
public final class DiskQuota {
  private static final Duration OFTEN = Duration.ofSeconds(1);
  private static final Duration SELDOM = Duration.ofMinutes(1);

  /** How long the first who asks waits for the first result. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Of the time that passes, so much at most is spent on measuring: a tenth. */
  private static final int SHARE = 10;

  private final Path directory;
  private final long usedMax;
  private final long freeMin;
  private final Executor background;
  private final LongSupplier nanoseconds;

  /** Guarded by this. */
  private @Nullable CompletableFuture<Measured> measuring;

  /** Guarded by this: the last result. */
  private @Nullable Measured last;

  private record Measured(DiskUse use, long began, long ended) {}

  /**
   * Of a state directory, which need not exist yet.
   *
   * @param usedMax bytes in the directory
   * @param freeMin bytes on its disk
   */
  public DiskQuota(Path directory, long usedMax, long freeMin) {
    this(
        directory,
        usedMax,
        freeMin,
        work -> Thread.ofVirtual().name("hyperloop-disk-use").start(work),
        System::nanoTime);
  }

  DiskQuota(
      Path directory, long usedMax, long freeMin, Executor background, LongSupplier nanoseconds) {
    this.directory = directory;
    this.usedMax = usedMax;
    this.freeMin = freeMin;
    this.background = background;
    this.nanoseconds = nanoseconds;
  }

  /** Why no agent may start: what holds how much, where, and what to do. Empty if one may. */
  public Optional<String> full() {
    Optional<String> crowded = crowded();
    return crowded.isPresent() ? crowded : overfull();
  }

  private Optional<String> crowded() {
    try {
      long free = Files.getFileStore(existing()).getUsableSpace();
      return free >= freeMin
          ? Optional.empty()
          : Optional.of(
              "the disk of "
                  + directory
                  + " has "
                  + DiskUse.words(free)
                  + " left, and an agent needs "
                  + DiskUse.words(freeMin)
                  + "; make room there, or lower retention.free_mb");
    } catch (IOException e) {
      // Not known is not full: what is written next says what is wrong with the disk.
      return Optional.empty();
    }
  }

  private Path existing() {
    Path at = directory.toAbsolutePath();
    while (!Files.exists(at)) {
      Path parent = at.getParent();
      if (parent == null) {
        return at;
      }
      at = parent;
    }
    return at;
  }

  private Optional<String> overfull() {
    DiskUse use = use();
    return use == null || use.bytes() <= usedMax
        ? Optional.empty()
        : Optional.of(
            directory
                + " holds "
                + DiskUse.words(use.bytes())
                + " ("
                + use.words()
                + "), and no agent starts beyond "
                + DiskUse.words(usedMax)
                + "; delete what is not needed with: hyperloop gc, or raise retention.state_mb");
  }

  /** The last result; null if the first is not there in time. */
  private @Nullable DiskUse use() {
    CompletableFuture<Measured> first;
    synchronized (this) {
      CompletableFuture<Measured> running = measuring;
      if (running == null && due()) {
        running = measure();
      }
      Measured known = last;
      if (known != null || running == null) {
        return known == null ? null : known.use();
      }
      first = running;
    }
    return first
        .thenApply(Measured::use)
        .completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private boolean due() {
    Measured known = last;
    if (known == null) {
      return true;
    }
    long pause = (known.use().bytes() > usedMax ? OFTEN : SELDOM).toNanos();
    long rest = (known.ended() - known.began()) * SHARE;
    return nanoseconds.getAsLong() - known.ended() >= Math.max(pause, rest);
  }

  private CompletableFuture<Measured> measure() {
    var result = new CompletableFuture<Measured>();
    measuring = result;
    background.execute(() -> {
      long began = nanoseconds.getAsLong();
      var measured = new Measured(DiskUse.of(directory), began, nanoseconds.getAsLong());
      synchronized (this) {
        last = measured;
        measuring = null;
      }
      boolean ignored = result.complete(measured);
    });
    return result;
  }
}
