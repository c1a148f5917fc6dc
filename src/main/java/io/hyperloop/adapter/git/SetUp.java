package io.hyperloop.adapter.git;

import io.hyperloop.adapter.agent.ProcessStarter;
import io.hyperloop.adapter.agent.ProcessTree;
import io.hyperloop.adapter.agent.Sandbox;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes a work tree ready to use: brings the user's files along and runs the user's commands. */
final class SetUp {
  /** How much of a failed command's output is told. */
  private static final int TOLD_MAX = 4 << 10;

  /** A folder of more files than this is better made by a command. */
  private static final int FILES_MAX = 10_000;

  private static final Set<String> PASSED_ON =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "SHELL",
          "LANG",
          "TZ",
          "TMPDIR",
          "JAVA_HOME",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "ALL_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "all_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "NODE_EXTRA_CA_CERTS",
          "REQUESTS_CA_BUNDLE",
          "CURL_CA_BUNDLE",
          "XDG_CACHE_HOME");

  private final WorktreeSettings settings;
  private final Path source;
  private final Map<String, String> environment;
  private final String workerId;
  private final Sandbox sandbox;

  /**
   * With the user's tree as the source of copies, and the process's own environment.
   *
   * @param workerId marks the commands' processes as ours
   * @param sandbox for the commands: they run what agents wrote
   */
  SetUp(
      WorktreeSettings settings,
      Path source,
      Map<String, String> environment,
      String workerId,
      Sandbox sandbox) {
    this.sandbox = sandbox;
    this.workerId = workerId;
    this.settings = settings;
    this.source = source;
    this.environment = environment;
  }

  /**
   * Does all of it.
   *
   * @param log takes the commands' output
   * @return the files that were copied, relative to the work tree
   * @throws PortFailure with scope TASK and the end of the output if a command fails, or a file to
   *     copy is missing
   */
  List<String> run(Path worktree, Path log) {
    var copied = new ArrayList<String>();
    settings.copy().forEach(path -> copy(path, worktree, copied));
    long deadline = System.nanoTime() + settings.setupTimeout().toNanos();
    if (!runsCommands()) {
      return copied;
    }
    Sandbox.Cell cell = sandbox.cell(new Sandbox.Place(worktree, Set.of()));
    for (String command : settings.setup()) {
      run(cell, command, worktree, log, deadline);
    }
    return copied;
  }

  boolean runsCommands() {
    return !settings.setup().isEmpty();
  }

  /** Ends what commands of a killed orchestrator left; how many processes those were. */
  int endLeftovers() {
    var tree = new ProcessTree(workerId);
    int alive = tree.size();
    if (alive > 0) {
      List<Long> unused = tree.end(ProcessTree.GRACE);
    }
    return alive;
  }

  private void copy(String path, Path worktree, List<String> copied) {
    Path from = source.resolve(path);
    if (!Files.exists(from)) {
      throw failure(
          "worktree.copy names a file that is not there",
          from.toString(),
          "create it, or take it out of .hyperloop.yaml");
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (copied.size() == FILES_MAX) {
          throw failure(
              "worktree.copy names a folder of more than " + FILES_MAX + " files",
              from.toString(),
              "have worktree.setup make it instead");
        }
        Path to = worktree.resolve(source.relativize(file).toString());
        refuseLinks(worktree, to);
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(to);
        } else if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(to.getParent());
          Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
          copied.add(worktree.relativize(to).toString());
        }
      }
    } catch (IOException e) {
      throw failure("a file cannot be copied: " + e, from.toString(), "see worktree.copy");
    }
  }

  /** A link in the branch must not lead what we write out of the work tree. */
  private static void refuseLinks(Path worktree, Path to) {
    for (Path at = to.getParent(); at != null && !at.equals(worktree); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        throw failure(
            "worktree.copy would write through a symbolic link", at.toString(), "remove the link");
      }
    }
  }

  private void run(Sandbox.Cell cell, String command, Path worktree, Path log, long deadline) {
    var builder =
        new ProcessBuilder(cell.command(List.of("sh", "-c", command)))
            .directory(worktree.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Map<String, String> env = builder.environment();
    env.clear();
    environment.forEach((name, value) -> {
      if (PASSED_ON.contains(name) || name.startsWith("LC_")) {
        env.put(name, value);
      }
    });
    env.put(ProcessTree.MARK, workerId);
    env.put("TERM", "dumb");
    env.put("CI", "true");
    env.put("GIT_TERMINAL_PROMPT", "0");
    String end = await(builder, deadline);
    if (!end.isEmpty()) {
      String said = tail(log);
      throw failure(
          "the set-up command " + end + ": " + command + (said.isEmpty() ? "" : "\n" + said),
          worktree.toString(),
          "see worktree.setup in .hyperloop.yaml");
    }
  }

  /** How it failed; empty if it did not. */
  private String await(ProcessBuilder builder, long deadline) {
    Process process;
    try {
      process = ProcessStarter.start(builder);
    } catch (IOException e) {
      return "cannot be started (" + e.getMessage() + ")";
    }
    try {
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        end(process);
        return "did not end within " + settings.setupTimeout().toSeconds() + " s";
      }
      int exit = process.exitValue();
      return exit == 0 ? "" : "ended with exit code " + exit;
    } catch (InterruptedException e) {
      end(process);
      Thread.currentThread().interrupt();
      return "was interrupted";
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }

  private static String tail(Path log) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TOLD_MAX);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static PortFailure failure(String what, String where, String remedy) {
    return new PortFailure(
        new Problem(Problem.Kind.ENVIRONMENT, Problem.Scope.TASK, what, where, remedy));
  }
}
