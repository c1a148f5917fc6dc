package io.hyperloop.adapter.agent.acp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** What tests of ACP agents share. */
final class AcpTests {
  private AcpTests() {}

  /** Until a file has these words, for a minute at most. */
  static void await(Path file, String words) {
    var seen = new CompletableFuture<Boolean>();
    try (var clock = Executors.newSingleThreadScheduledExecutor()) {
      var looks =
          clock.scheduleAtFixedRate(
              () -> {
                if (has(file, words)) {
                  seen.complete(true);
                }
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      boolean ignored = seen.orTimeout(1, TimeUnit.MINUTES).join();
      looks.cancel(false);
    }
  }

  private static boolean has(Path file, String words) {
    try {
      return Files.exists(file) && Files.readString(file).contains(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
