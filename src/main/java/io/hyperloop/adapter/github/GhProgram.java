package io.hyperloop.adapter.github;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The user's own {@code gh}, which may know a token. */
public final class GhProgram implements Function<String, Optional<String>> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OUTPUT_MAX = 4096;

  private final String program;

  public GhProgram() {
    this("gh");
  }

  /** One that is somewhere else than on PATH. */
  GhProgram(Path program) {
    this(program.toString());
  }

  private GhProgram(String program) {
    this.program = program;
  }

  /** What it prints for a host; empty if it is missing, knows none, or does not end. */
  @Override
  public Optional<String> apply(String host) {
    Process process;
    try {
      process =
          new ProcessBuilder(List.of(program, "auth", "token", "--hostname", host))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    Thread watch = Thread.startVirtualThread(() -> endInTime(process));
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      byte[] printed = out.readNBytes(OUTPUT_MAX);
      return process.waitFor() == 0
          ? Optional.of(new String(printed, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
      watch.interrupt();
    }
  }

  private static void endInTime(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      // It ended.
    }
  }
}
