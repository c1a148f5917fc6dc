package io.hyperloop.cli;

import io.hyperloop.terminal.Screen;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Does once what short commands do, on a repository of its own and printing nothing, for the JVM to
 * learn from: the launcher keeps what it learned in a cache, and later starts are fast. How the
 * commands end does not matter.
 */
public final class Rehearsal {
  private final Map<String, String> environment;
  private final Function<Map<String, String>, Engine> engine;

  /**
   * A rehearsal.
   *
   * @param engine makes one for an environment
   */
  public Rehearsal(Map<String, String> environment, Function<Map<String, String>, Engine> engine) {
    this.environment = environment;
    this.engine = engine;
  }

  /** Rehearses, within a few seconds. */
  public void run() {
    try {
      Path stage = Files.createTempDirectory("hyperloop-rehearsal-");
      try {
        rehearse(stage);
      } finally {
        delete(stage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rehearse(Path stage) throws IOException {
    Path repository = Files.createDirectories(stage.resolve("repository"));
    Files.createDirectories(repository.resolve("specs"));
    Files.writeString(repository.resolve("specs").resolve("sample.md"), "# Sample\n");
    git(repository, "init", "-q", "-b", "main");
    git(repository, "add", "-A");
    git(repository, "commit", "-q", "-m", "sample");
    var quiet = new HashMap<>(environment);
    quiet.put("XDG_STATE_HOME", stage.resolve("state").toString());
    quiet.remove(Context.WORKER);
    for (Screen screen : List.of(Screen.PIPE, new Screen(true, true, true, 80))) {
      var console =
          new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), screen);
      var cli =
          new Cli(
              new Context(
                  console, () -> engine.apply(quiet), quiet, repository, InstantSource.system()));
      for (String command : CommandTree.names()) {
        perform(cli, command, "--help");
      }
      perform(cli, "--version");
      perform(cli, "--help");
      perform(cli, "init");
      perform(cli, "status");
      perform(cli, "get", "specs");
      perform(cli, "get", "specs", "-o", "json");
      perform(cli, "get", "tasks", "-o", "yaml");
      perform(cli, "describe", "spec", "specs/sample.md");
      perform(cli, "run", "--dry-run");
      perform(cli, "accept", "--all");
      perform(cli, "approve", "task-001");
    }
  }

  private static void perform(Cli cli, String... arguments) {
    int ignored = cli.execute(arguments);
  }

  private static void git(Path directory, String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=hyperloop", "-c", "user.email=hyperloop@localhost"));
    command.addAll(Arrays.asList(arguments));
    Process git =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int ignored = git.waitFor();
    } catch (InterruptedException e) {
      git.destroy();
      Thread.currentThread().interrupt();
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
