package io.hyperloop.sim;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which exactly one runs, and hands over only where it pauses. So a program of many
 * threads becomes one sequence of steps, and who comes next is for the caller to choose.
 */
final class Strands {
  private final Semaphore back = new Semaphore(0);
  private @Nullable Strand current;

  /** One of them. */
  static final class Strand {
    private final String name;
    private final Runnable body;
    private final Semaphore go = new Semaphore(0);
    private boolean begun;
    private boolean done;
    private @Nullable Throwable failure;

    private Strand(String name, Runnable body) {
      this.name = name;
      this.body = body;
    }

    boolean begun() {
      return begun;
    }

    boolean done() {
      return done;
    }

    /** What came out of its body. */
    @Nullable Throwable failure() {
      return failure;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  Strand strand(String name, Runnable body) {
    return new Strand(name, body);
  }

  /** Whether the caller is one of the strands. */
  boolean inside() {
    return current != null;
  }

  /** Lets a strand go on until it pauses or is done. From outside of all strands only. */
  void resume(Strand strand) {
    current = strand;
    if (strand.begun) {
      strand.go.release();
    } else {
      strand.begun = true;
      Thread.ofVirtual().name(strand.name).start(() -> run(strand));
    }
    back.acquireUninterruptibly();
    current = null;
  }

  private void run(Strand strand) {
    try {
      strand.body.run();
    } catch (Throwable e) {
      strand.failure = e;
    } finally {
      strand.done = true;
      back.release();
    }
  }

  /** Hands over; returns when the strand that calls is resumed. */
  void pause() {
    Strand strand = current;
    if (strand == null) {
      throw new IllegalStateException("no strand pauses here");
    }
    back.release();
    strand.go.acquireUninterruptibly();
  }
}
