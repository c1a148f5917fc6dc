package io.hyperloop.adapter.git;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The {@code git} program in one directory. Every call has a time limit and a bound on what it may
 * print; no call prompts, runs hooks or file system monitors, or starts a transport or diff program
 * that a repository's own configuration names.
 */
public final class Git {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

  /** No call takes longer, whatever its limit: for tests of what follows when one hangs. */
  private static final Duration TIME_LIMIT_MAX =
      Duration.ofSeconds(Long.getLong("hyperloop.git.seconds", 86_400));

  private static final int OUTPUT_MAX = 64 << 20;

  /** How long a git that is to end may take to tidy up. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Hardening against directories that agents control. */
  private static final List<String> GUARDED =
      List.of(
          "git",
          "-c",
          "core.hooksPath=/dev/null",
          "-c",
          "core.fsmonitor=false",
          "-c",
          "protocol.ext.allow=never",
          "-c",
          "diff.external=",
          "-c",
          "commit.gpgSign=false",
          "-c",
          "log.showSignature=false",
          "-c",
          "submodule.recurse=false",
          "-c",
          "maintenance.auto=false",
          "-c",
          "gc.auto=0");

  /**
   * What tells git where a repository is, {@code git rev-parse --local-env-vars}. Git itself sets
   * it for the hooks and aliases that it starts; it would win over the directory that we name.
   */
  private static final Set<String> OF_ANOTHER_REPOSITORY =
      Set.of(
          "GIT_DIR",
          "GIT_COMMON_DIR",
          "GIT_WORK_TREE",
          "GIT_IMPLICIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_OBJECT_DIRECTORY",
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_PREFIX",
          "GIT_NAMESPACE",
          "GIT_GRAFT_FILE",
          "GIT_SHALLOW_FILE",
          "GIT_REPLACE_REF_BASE",
          "GIT_NO_REPLACE_OBJECTS",
          "GIT_CONFIG",
          "GIT_INTERNAL_SUPER_PREFIX",
          "GIT_QUARANTINE_PATH");

  private final Path directory;
  private final Map<String, String> environment;
  private final Duration timeLimit;

  private Git(Path directory, Map<String, String> environment, Duration timeLimit) {
    this.directory = directory;
    this.environment = environment;
    this.timeLimit = timeLimit.compareTo(TIME_LIMIT_MAX) > 0 ? TIME_LIMIT_MAX : timeLimit;
  }

  public static Git in(Path directory) {
    return new Git(directory, Map.of(), TIME_LIMIT);
  }

  /** The same in another directory. */
  public Git at(Path elsewhere) {
    return new Git(elsewhere, environment, timeLimit);
  }

  /** The same with more environment variables. */
  public Git with(Map<String, String> more) {
    var merged = new TreeMap<>(environment);
    merged.putAll(more);
    return new Git(directory, merged, timeLimit);
  }

  /** The same with settings that win over all configuration files. */
  Git configured(Map<String, String> settings) {
    var variables = new TreeMap<>(Map.of("GIT_CONFIG_COUNT", String.valueOf(settings.size())));
    int n = 0;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      variables.put("GIT_CONFIG_KEY_" + n, setting.getKey());
      variables.put("GIT_CONFIG_VALUE_" + n++, setting.getValue());
    }
    return with(variables);
  }

  /** The same with another time limit per call. */
  public Git within(Duration limit) {
    return new Git(directory, environment, limit);
  }

  /** How a call ended. Its output is bytes, since file names need not be UTF-8. */
  @SuppressWarnings("ArrayRecordComponent") // read once by whoever called, never compared
  public record Result(List<String> command, int exit, byte[] out, String err) {
    public boolean ok() {
      return exit == 0;
    }

    /** Standard output without the last line break. */
    public String text() {
      String text = new String(out, StandardCharsets.UTF_8);
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Standard output split at NUL, for the {@code -z} formats. */
    public List<String> fields() {
      String text = new String(out, StandardCharsets.UTF_8);
      var fields = new ArrayList<String>();
      int from = 0;
      for (int at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', from)) {
        fields.add(text.substring(from, at));
        from = at + 1;
      }
      if (from < text.length()) {
        fields.add(text.substring(from));
      }
      return fields;
    }
  }

  /**
   * Runs git and gives whatever came of it.
   *
   * @throws PortFailure if git is missing, exceeds its time limit, or prints more than 64 MiB
   */
  public Result attempt(String... arguments) {
    return run(new byte[0], List.of(arguments));
  }

  /** As {@link #attempt}, with standard input. */
  public Result feed(byte[] input, String... arguments) {
    return run(input, List.of(arguments));
  }

  /**
   * Runs git and insists on success.
   *
   * @return standard output without the last line break
   * @throws PortFailure with git's own message if it fails
   */
  public String run(String... arguments) {
    return succeed(attempt(arguments)).text();
  }

  /**
   * Insists that a call succeeded.
   *
   * @throws PortFailure with git's own message if not
   */
  public Result succeed(Result result) {
    if (result.ok()) {
      return result;
    }
    String said = result.err().isBlank() ? result.text() : result.err();
    throw failure(
        "git failed with exit code " + result.exit() + ": " + said.strip(), result.command());
  }

  private Result run(byte[] input, List<String> arguments) {
    var command = new ArrayList<>(GUARDED);
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    Map<String, String> env = builder.environment();
    forgetRepository(env);
    env.put("GIT_TERMINAL_PROMPT", "0");
    env.put("LC_ALL", "C");
    env.putAll(environment);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "git cannot be started: " + e.getMessage(),
              directory.toString(),
              "install git 2.38 or newer and have it on PATH; the directory must exist"),
          e);
    }
    return collect(process, input, arguments);
  }

  /** Takes out what would lead git to another repository than the one in its directory. */
  static void forgetRepository(Map<String, String> environment) {
    environment.keySet().removeAll(OF_ANOTHER_REPOSITORY);
  }

  private Result collect(Process process, byte[] input, List<String> arguments) {
    var tooMuch = new AtomicBoolean();
    var err = new ByteArrayOutputStream();
    var out = new ByteArrayOutputStream();
    Thread errors =
        Thread.startVirtualThread(() -> drain(process.getErrorStream(), err, tooMuch, process));
    Thread output =
        Thread.startVirtualThread(() -> drain(process.getInputStream(), out, tooMuch, process));
    Thread feeder = Thread.startVirtualThread(() -> write(process.getOutputStream(), input));
    try {
      if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw failure(
            "git did not end within " + timeLimit.toSeconds() + " s and was ended", arguments);
      }
      output.join();
      errors.join();
      feeder.join();
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw failure("git was interrupted", arguments);
    }
    if (tooMuch.get()) {
      throw failure(
          "git printed more than " + (OUTPUT_MAX >> 20) + " MiB and was ended", arguments);
    }
    return new Result(
        arguments, process.exitValue(), out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  private PortFailure failure(String what, List<String> arguments) {
    return new PortFailure(
        Problem.environment(
            what, "git " + String.join(" ", arguments) + " (in " + directory + ")", ""));
  }

  /** Asked to end, git takes its lock files away; what does not listen is killed. */
  private static void kill(Process process) {
    List<ProcessHandle> tree =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    tree.forEach(ProcessHandle::destroy);
    CompletableFuture<?>[] ends =
        tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    Void unused =
        CompletableFuture.allOf(ends)
            .completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS)
            .join();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private static void drain(
      InputStream from, ByteArrayOutputStream to, AtomicBoolean tooMuch, Process process) {
    try (from) {
      byte[] buffer = new byte[1 << 14];
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (to.size() + n > OUTPUT_MAX) {
          tooMuch.set(true);
          kill(process);
          return;
        }
        to.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // The pipe of a process that was just ended: what was read is all there is.
    }
  }

  private static void write(OutputStream to, byte[] input) {
    try (to) {
      to.write(input);
    } catch (IOException e) {
      // The process ended without reading: its exit code tells the rest.
    }
  }
}
