package io.hyperloop.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The jar's classes as the JVM wants them (JEP 483, 514), learned once per jar from a demo. Tests
 * start the jar some hundred times, and with this a start takes half as long.
 */
final class StartCache {
  private static final long LIMIT_SECONDS = 90;
  private static final List<String> OPTIONS = make();

  private StartCache() {}

  /** This JVM's java, with the options that a cache has to be made and used with. */
  static List<String> java() {
    String java = ProcessHandle.current().info().command().orElseThrow();
    return List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  /** What makes a JVM use it; nothing, if it could not be made. */
  static List<String> options() {
    return OPTIONS;
  }

  private static List<String> make() {
    Path jar = Program.jar();
    Path cache = jar.resolveSibling("test-start.aot");
    try {
      if (!Files.exists(cache)
          || Files.getLastModifiedTime(cache).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        Path stage = Files.createTempDirectory(jar.getParent(), "test-start-");
        learn(jar, stage);
        Path draft = stage.resolve("draft");
        if (Files.exists(draft)) {
          Files.move(draft, cache, StandardCopyOption.REPLACE_EXISTING);
        }
        delete(stage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Files.exists(cache)
        ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=off,cds*=off")
        : List.of();
  }

  private static void learn(Path jar, Path stage) throws IOException, InterruptedException {
    var command = new ArrayList<>(java());
    command.add("-XX:AOTCacheOutput=" + stage.resolve("draft"));
    command.addAll(List.of("-jar", jar.toString(), "demo", "--dir"));
    command.add(stage.resolve("demo").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static void delete(Path stage) throws IOException {
    try (Stream<Path> files = Files.walk(stage)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
