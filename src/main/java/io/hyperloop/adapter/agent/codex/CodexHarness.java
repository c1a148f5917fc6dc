package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.AgentProgram;
import io.hyperloop.adapter.agent.Harness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The user's own Codex, one process per run, its prompt on standard input. It works without asking
 * for permissions and without a sandbox of its own, which would keep it from committing; its report
 * is its last message, whose shape it is told.
 */
public final class CodexHarness implements Harness {
  private final CodexAccount account;
  private final CodexSettings settings;
  private final InstantSource clock;
  private final AgentProgram program;

  /** Paid for by that account. */
  public CodexHarness(CodexAccount account, CodexSettings settings, InstantSource clock) {
    this.account = account;
    this.settings = settings;
    this.clock = clock;
    this.program =
        new AgentProgram(
            settings.program().getFirst(),
            "Codex",
            "agent.type: codex",
            "install it so that `codex` is in the PATH, or name it in agent.command");
  }

  @Override
  public String name() {
    return "codex";
  }

  @Override
  public Set<String> credentials() {
    return account.variables();
  }

  /** Its login, its conversations and its databases; what is not there yet would not be kept. */
  @Override
  public Set<Path> ownFiles(Map<String, String> environment) {
    Path folder = CodexHome.of(environment).folder();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw program.failure("the folder of Codex's login cannot be made: " + e);
    }
    return Set.of(folder);
  }

  /** Its program, and what the user's own sessions obey, outside of any sandbox. */
  @Override
  public Set<Path> ownSettings(Map<String, String> environment) {
    Path folder = CodexHome.of(environment).folder();
    Stream<Path> obeyed =
        Stream.of(
                ".env",
                "AGENTS.md",
                "AGENTS.override.md",
                "agents",
                "config.toml",
                "hooks",
                "hooks.json",
                "plugins",
                "prompts",
                "requirements.toml",
                "rules")
            .map(folder::resolve);
    Set<Path> files = program.files(environment);
    return Stream.of(obeyed, files.stream(), files.stream().flatMap(CodexHarness::beside))
        .flatMap(all -> all)
        .collect(Collectors.toSet());
  }

  /** The package that the program lies in, with the programs that it brings along. */
  private static Stream<Path> beside(Path file) {
    Path above = file.resolve("../..").normalize();
    return Files.isDirectory(above.resolve("codex-path")) ? Stream.of(above) : Stream.empty();
  }

  @Override
  public Session start(Assignment assignment) {
    return program.start(assignment, () -> new CodexSession(settings, account, assignment, clock));
  }
}
