package io.hyperloop.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The real jar, started as a user starts it, in a directory and with an environment of a test's.
 */
public final class Program {
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final Path directory;
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> options = new ArrayList<>();
  private Duration limit = LIMIT;
  private boolean launcher;
  private boolean cold;
  private String shell = "";

  private Program(Path directory) {
    this.directory = directory;
  }

  public static Program in(Path directory) {
    return new Program(directory);
  }

  @CanIgnoreReturnValue
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** With a system property, for what people cannot set. */
  public Program having(String property, String value) {
    options.add("-D" + property + "=" + value);
    return this;
  }

  /** Starts it through {@code bin/hyperloop}, as people do: with its cache and its options. */
  public Program byLauncher() {
    launcher = true;
    environment.put("HYPERLOOP_BUILD", "never");
    return this;
  }

  /** Without the cache of classes, for tests that look at what is loaded. */
  public Program cold() {
    cold = true;
    return this;
  }

  /** The same with more time. */
  public Program within(Duration other) {
    limit = other;
    return this;
  }

  /** How a run ended. */
  public record Ended(int exit, String out, String err) {
    public String all() {
      return "exit " + exit + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  /**
   * Runs it from a bash script, in which it is {@code "$@"}.
   *
   * @return how the script ended
   */
  public Ended through(String script, String... arguments) {
    shell = script;
    return run(arguments);
  }

  /** Runs it to its end, which must come within its limit, 90 seconds by default. */
  public Ended run(String... arguments) {
    try {
      Path out = Files.createTempFile("hyperloop", ".out");
      Path err = Files.createTempFile("hyperloop", ".err");
      Process process = start(out, err, arguments);
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(
            "hyperloop did not end within "
                + limit
                + "\n"
                + Files.readString(out)
                + Files.readString(err));
      }
      var ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Starts it, with its output in those files. */
  public Process start(Path out, Path err, String... arguments) {
    var command = new ArrayList<String>();
    if (!shell.isEmpty()) {
      command.addAll(List.of("bash", "-c", shell, "hyperloop"));
    }
    if (launcher) {
      command.add(Path.of("bin/hyperloop").toAbsolutePath().toString());
    } else {
      command.addAll(StartCache.java());
      if (!cold) {
        command.addAll(StartCache.options());
      }
      command.addAll(options);
      command.addAll(List.of("-jar", jar().toString()));
    }
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Map<String, String> variables = builder.environment();
    variables.remove("ANTHROPIC_API_KEY");
    variables.putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar that the build has just made. */
  public static Path jar() {
    return Path.of(System.getProperty("hyperloop.jar", "target/hyperloop.jar")).toAbsolutePath();
  }
}
