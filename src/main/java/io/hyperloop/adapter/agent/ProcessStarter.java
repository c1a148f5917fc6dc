package io.hyperloop.adapter.agent;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Starts programs from one thread that lives as long as we do. A sandbox dies with its parent, and
 * to the kernel the parent is the thread that forked (prctl(2), PR_SET_PDEATHSIG): a run's own
 * thread, or the carrier under a virtual one, may end long before the program does.
 */
public final class ProcessStarter {
  private static final ExecutorService THREAD =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("process starter").factory());

  private ProcessStarter() {}

  /**
   * Starts it; not interruptible, since whoever starts a program must come to know of it.
   *
   * @throws IOException as {@link ProcessBuilder#start} throws it
   */
  public static Process start(ProcessBuilder builder) throws IOException {
    Future<Process> starting = THREAD.submit(builder::start);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return starting.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io.getMessage(), io);
      }
      throw new IllegalStateException("a program could not be started", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
