package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.AgentProgram;
import io.hyperloop.adapter.agent.Harness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Any agent of the Agent Client Protocol, one process per run. It may do in its work tree whatever
 * it asks permission for; its report is the file that every agent's report is.
 */
public final class AcpHarness implements Harness {
  /** Where agents that are known keep their login and their conversations, below HOME. */
  private static final Map<String, List<String>> OWN =
      Map.of(
          "opencode",
          List.of(
              ".local/share/opencode",
              ".local/state/opencode",
              ".config/opencode",
              ".cache/opencode"),
          "gemini",
          List.of(".gemini"),
          "qwen",
          List.of(".qwen"));

  private final AcpSettings settings;
  private final AgentProgram program;
  private final InstantSource clock;

  public AcpHarness(AcpSettings settings, InstantSource clock) {
    this.settings = settings;
    this.program = AgentProgram.ofCommand(settings.command().getFirst(), "the agent");
    this.clock = clock;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Set<String> credentials() {
    return Set.of();
  }

  @Override
  public Set<Path> ownFiles(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", "/"));
    String name =
        String.valueOf(Path.of(settings.command().getFirst()).getFileName())
            .toLowerCase(Locale.ROOT);
    return OWN.getOrDefault(name, List.of()).stream()
        .map(home::resolve)
        .filter(Files::isDirectory)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Set<Path> ownSettings(Map<String, String> environment) {
    return program.files(environment);
  }

  @Override
  public Session start(Assignment assignment) {
    return program.start(assignment, () -> new AcpSession(settings, assignment, clock));
  }
}
