package io.hyperloop.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long the launcher takes for the shortest command, warm. */
@Tag("bench")
class StartBench {
  private static final int RUNS = 15;

  @Test
  void version() throws IOException, InterruptedException {
    for (int i = 0; i < 4; i++) {
      time();
    }
    long[] nanos = new long[RUNS];
    for (int i = 0; i < RUNS; i++) {
      nanos[i] = time();
    }
    Figures.row("`bin/hyperloop --version`, warm", "< 350 ms", Figures.milliseconds(nanos));
  }

  private static long time() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(Path.of("bin/hyperloop").toAbsolutePath().toString(), "--version")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("hyperloop --version did not end well");
    }
    return System.nanoTime() - start;
  }
}
