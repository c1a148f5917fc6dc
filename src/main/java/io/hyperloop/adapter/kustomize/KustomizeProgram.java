package io.hyperloop.adapter.kustomize;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code kustomize build}, or {@code kubectl kustomize} where only that is found. */
final class KustomizeProgram {
  static final Duration TIME_LIMIT = Duration.ofMinutes(2);
  static final String INSTALL =
      "install kustomize (https://kubectl.docs.kubernetes.io/installation/kustomize/) or kubectl,"
          + " and have it on PATH";

  /** How git and Go say that it is the network's fault. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "Could not resolve|dial tcp|[Cc]onnection (refused|reset|timed out)|i/o timeout"
              + "|unable to access|No route to host|hit \\d+s timeout");

  private static final int OUTPUT_MAX = 16 << 20;

  private final List<String> command;
  private final Duration timeLimit;

  private KustomizeProgram(List<String> command, Duration timeLimit) {
    this.command = command;
    this.timeLimit = timeLimit;
  }

  /** The program, if it is on the PATH of that environment. */
  static Optional<KustomizeProgram> find(Map<String, String> environment, Duration timeLimit) {
    for (List<String> form :
        List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))) {
      for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
        if (folder.startsWith("/")) {
          Path program = Path.of(folder).resolve(form.getFirst());
          if (Files.isRegularFile(program) && Files.isExecutable(program)) {
            return Optional.of(
                new KustomizeProgram(List.of(program.toString(), form.getLast()), timeLimit));
          }
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Builds.
   *
   * @param target a folder, or a remote kustomization
   * @param shown names the target in messages
   * @return the documents that came of it, as YAML
   * @throws PortFailure with the program's own message; of kind USER if it refused the target
   */
  String build(Path workingDirectory, String target, String shown) {
    var full = new ArrayList<>(command);
    full.add(target);
    var builder = new ProcessBuilder(full).directory(workingDirectory.toFile());
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    Process process;
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw environment("cannot be started: " + e.getMessage(), shown);
    }
    var out = new Drain(process, process.getInputStream());
    var err = new Drain(process, process.getErrorStream());
    try {
      if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        throw environment(
            "did not end within " + timeLimit.toSeconds() + " s and was ended", shown);
      }
      out.thread.join();
      err.thread.join();
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw environment("was interrupted", shown);
    }
    if (out.tooMuch || err.tooMuch) {
      throw environment("printed more than " + (OUTPUT_MAX >> 20) + " MiB and was ended", shown);
    }
    if (process.exitValue() != 0) {
      throw refused(said(err.text(), workingDirectory), shown);
    }
    return out.text();
  }

  private PortFailure refused(String said, String shown) {
    String what = "it does not build: " + said;
    return new PortFailure(
        NETWORK.matcher(said).find()
            ? Problem.environment(what, shown, "try again when the network answers")
            : Problem.user(
                what, shown, "mend it, try it with: " + this + " " + shown + ", and commit"));
  }

  /** The program's message as it would read in the user's own folder; kubectl wraps it. */
  private static String said(String error, Path workingDirectory) {
    String text = error.strip();
    int wrapped = text.indexOf("err=\"");
    if (text.contains("\"command failed\"") && wrapped >= 0 && text.endsWith("\"")) {
      text =
          text.substring(wrapped + 5, text.length() - 1).replace("\\\"", "\"").replace("\\n", "\n");
    }
    return text.replace(workingDirectory + "/", "").strip();
  }

  private PortFailure environment(String what, String shown) {
    return new PortFailure(
        Problem.environment(
            String.join(" ", command) + " " + what, shown, "try it with: " + this + " " + shown));
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** As a person would type it. */
  @Override
  public String toString() {
    return Path.of(command.getFirst()).getFileName() + " " + command.getLast();
  }

  /** One of the program's streams, read to its end or to the bound. */
  private static final class Drain {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile boolean tooMuch;

    Drain(Process process, InputStream from) {
      thread = Thread.startVirtualThread(() -> read(process, from));
    }

    private void read(Process process, InputStream from) {
      try (from) {
        byte[] buffer = new byte[1 << 14];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
          if (content.size() + n > OUTPUT_MAX) {
            tooMuch = true;
            kill(process);
            return;
          }
          content.write(buffer, 0, n);
        }
      } catch (IOException e) {
        // The pipe of a process that was just ended: what was read is all there is.
      }
    }

    String text() {
      return content.toString(StandardCharsets.UTF_8);
    }
  }
}
