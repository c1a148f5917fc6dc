package io.hyperloop.adapter.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program started for a worker: in a session of its own where {@code setsid} is found, so that a
 * terminal's ^C reaches only us; part of the worker's tree; its two outputs going to one sink, or
 * each to its own.
 */
public final class WorkerProcess implements AutoCloseable {
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

  /** How long output that is on its way gets after the end. */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(500);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Process process;
  private final ProcessTree tree;
  private final List<Thread> readers;
  private final boolean confined;

  /** Takes output as it comes. Must not block for long, and must not throw. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] bytes, int length);
  }

  private WorkerProcess(Process process, ProcessTree tree, List<Thread> readers, boolean confined) {
    this.confined = confined;
    this.process = process;
    this.tree = tree;
    this.readers = readers;
  }

  /**
   * Starts it.
   *
   * @param cell in which it is started
   * @param environment all of it: nothing of ours is added
   * @param input becomes its standard input
   * @throws IOException if it cannot be started
   */
  public static WorkerProcess start(
      Sandbox.Cell cell,
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Path input,
      ProcessTree tree,
      Sink sink)
      throws IOException {
    return start(cell, command, directory, environment, input, tree, sink, null);
  }

  /**
   * Starts it, its errors apart from its output: a message must not fall into the middle of a line.
   *
   * @param errors takes what it writes to its standard error
   * @throws IOException if it cannot be started
   */
  public static WorkerProcess start(
      Sandbox.Cell cell,
      List<String> command,
      Path directory,
      Map<String, String> environment,
      Path input,
      ProcessTree tree,
      Sink output,
      @Nullable Sink errors)
      throws IOException {
    return start(
        cell,
        command,
        directory,
        environment,
        ProcessBuilder.Redirect.from(input.toFile()),
        tree,
        output,
        errors);
  }

  /**
   * Starts it, to be spoken with through its standard input: {@link #input}.
   *
   * @param cell in which it is started
   * @throws IOException if it cannot be started
   */
  public static WorkerProcess converse(
      Sandbox.Cell cell,
      List<String> command,
      Path directory,
      Map<String, String> environment,
      ProcessTree tree,
      Sink output,
      Sink errors)
      throws IOException {
    return start(
        cell, command, directory, environment, ProcessBuilder.Redirect.PIPE, tree, output, errors);
  }

  private static WorkerProcess start(
      Sandbox.Cell cell,
      List<String> command,
      Path directory,
      Map<String, String> environment,
      ProcessBuilder.Redirect input,
      ProcessTree tree,
      Sink output,
      @Nullable Sink errors)
      throws IOException {
    var builder =
        new ProcessBuilder(inOwnSession(cell.command(command)))
            .directory(directory.toFile())
            .redirectErrorStream(errors == null)
            .redirectInput(input);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = ProcessStarter.start(builder);
    tree.root(process.pid(), cell.closed());
    var readers = new ArrayList<Thread>();
    readers.add(reader(process, process.getInputStream(), output));
    if (errors != null) {
      readers.add(reader(process, process.getErrorStream(), errors));
    }
    return new WorkerProcess(process, tree, List.copyOf(readers), cell.closed());
  }

  /**
   * Not a virtual thread: a read from a pipe holds its carrier for as long as the agent is silent.
   */
  private static Thread reader(Process process, InputStream output, Sink sink) {
    return Thread.ofPlatform()
        .daemon()
        .name("output of " + process.pid())
        .start(() -> copy(output, sink));
  }

  /** Whether workers are shielded from the terminal's signals. */
  public static boolean sessions() {
    return SETSID.stream().anyMatch(Files::isExecutable);
  }

  private static List<String> inOwnSession(List<String> command) {
    var whole = new ArrayList<String>();
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(setsid -> whole.add(setsid.toString()));
    whole.addAll(command);
    return whole;
  }

  private static void copy(InputStream output, Sink sink) {
    try (output) {
      byte[] buffer = new byte[1 << 16];
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        sink.accept(buffer, n);
      }
    } catch (IOException e) {
      // The pipe of a process that was ended: what was read is all there is.
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Whether it is a sandbox, with the program in it. */
  boolean confined() {
    return confined;
  }

  /** What it reads; writing waits for it to do so. Only of one that was started to converse. */
  public OutputStream input() {
    return process.getOutputStream();
  }

  /**
   * Waits for its end, and meanwhile notes what it starts.
   *
   * @return whether it ended within the limit
   */
  public boolean await(Duration limit) throws InterruptedException {
    long begun = System.nanoTime();
    long left = limit.toNanos();
    while (left > 0) {
      if (process.waitFor(Math.min(left, LOOK_EVERY.toNanos()), TimeUnit.NANOSECONDS)) {
        return true;
      }
      tree.look();
      left = limit.toNanos() - (System.nanoTime() - begun);
    }
    return !process.isAlive();
  }

  /** Waits for its end, however long that takes, and gives its exit code. */
  public int await() throws InterruptedException {
    while (!await(LOOK_EVERY)) {
      // It goes on; who belongs to it is noted meanwhile.
    }
    return exit();
  }

  /** Once it has ended. */
  public int exit() {
    return process.exitValue();
  }

  /** Waits for output still on its way; not for a process left behind that holds the pipe open. */
  @Override
  public void close() {
    boolean interrupted = false;
    try {
      for (Thread reader : readers) {
        boolean ignored = reader.join(LAST_OUTPUT);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
