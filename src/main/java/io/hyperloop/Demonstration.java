package io.hyperloop;

import io.hyperloop.adapter.git.Git;
import io.hyperloop.cli.Console;
import io.hyperloop.cli.Engine;
import io.hyperloop.cli.ExitCode;
import io.hyperloop.cli.Place;
import io.hyperloop.demo.DemoRepository;
import io.hyperloop.demo.DemoScript;
import io.hyperloop.demo.ScriptedModel;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.terminal.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code hyperloop demo}: the real loop on a sample repository, with a model that is a script. */
final class Demonstration {
  /** Long enough to see something happen, short enough not to be waited for. */
  private static final Duration THINKING = Duration.ofMillis(120);

  private final Map<String, String> environment;
  private final InstantSource clock;
  private final Console console;

  Demonstration(Map<String, String> environment, InstantSource clock, Console console) {
    this.environment = environment;
    this.clock = clock;
    this.console = console;
  }

  int show(Engine.DemoSettings settings) {
    Path directory = directory(settings);
    console.line(Tone.STRONG, "hyperloop demo");
    console.line(
        "The model is scripted: it ships with hyperloop, listens on this machine only, and");
    console.line(
        "costs nothing. All else is real: git, work trees, the agents' tools, the verdicts.");
    console.line("");
    try (ScriptedModel model = ScriptedModel.start(new DemoScript(), THINKING)) {
      DemoRepository.create(directory);
      var engine = new LocalEngine(withModel(model), clock);
      int made =
          engine.scaffold(new Engine.InitSettings(directory, null, null, true)).created().size();
      DemoRepository.useEmbeddedAgent(directory);
      console.line("Made a sample repository with two specs and no code: " + directory);
      console.line("hyperloop init: committed " + made + " files, see .hyperloop/");
      console.line("hyperloop run:");
      console.line("");
      console.flush();
      int exit = engine.run(Place.at(directory), Engine.RunMode.UNTIL_CONVERGED, console);
      ending(directory, exit);
      return exit;
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "the sample repository cannot be made: " + e.getMessage(),
              directory.toString(),
              "name another directory: hyperloop demo --dir DIRECTORY"),
          e);
    }
  }

  private void ending(Path directory, int exit) {
    console.line("");
    if (exit != ExitCode.DONE) {
      console.line("The demo did not converge. What there is stands in " + directory);
      return;
    }
    console.line(Tone.GOOD, "Converged: every spec is in sync.");
    console.line("");
    console.lines(
        Git.in(directory).run("log", "--oneline", "-4", "--", "bin", "tests").lines().toList());
    console.line("");
    console.line("The repository: " + directory);
    console.line("What to look at (with the bin/ folder of hyperloop on your PATH):");
    console.line("  cd " + directory);
    for (String command :
        List.of(
            "git log --stat --grep 'Spec-Ref: specs/greeting.md'",
            "cat .hyperloop/state/reviews/*",
            "sh bin/greet Ada && sh bin/farewell Ada",
            "hyperloop describe task task-001 --prompt",
            "hyperloop status")) {
      console.line("  " + command);
    }
    console.line(
        "Next: edit specs/greeting.md, commit, and see: hyperloop plan (with a key of yours)");
  }

  /** The environment of the demo: the script in place of whatever model the user may pay for. */
  private Map<String, String> withModel(ScriptedModel model) {
    var changed = new HashMap<>(environment);
    changed
        .keySet()
        .removeIf(name -> name.startsWith("ANTHROPIC_") || name.startsWith("CLAUDE_CODE_"));
    changed.put("ANTHROPIC_BASE_URL", model.url());
    changed.put("ANTHROPIC_API_KEY", "scripted-model-needs-no-key");
    return changed;
  }

  private static Path directory(Engine.DemoSettings settings) {
    Path wanted = settings.directory();
    try {
      if (wanted == null) {
        return Files.createTempDirectory("hyperloop-demo-").toRealPath();
      }
      Files.createDirectories(wanted);
      try (Stream<Path> inside = Files.list(wanted)) {
        if (inside.findAny().isPresent()) {
          throw new PortFailure(
              Problem.user(
                  "the directory is not empty", wanted.toString(), "name a new one with --dir"));
        }
      }
      return wanted.toRealPath();
    } catch (IOException e) {
      throw new PortFailure(
          Problem.environment(
              "the directory cannot be used: " + e.getMessage(),
              String.valueOf(wanted),
              "name another one: hyperloop demo --dir DIRECTORY"),
          e);
    }
  }
}
