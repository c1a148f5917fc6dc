package io.hyperloop.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What plays an agent.
 *
 * @param command program and arguments, for COMMAND; for CLAUDE_CODE and CODEX, where the program
 *     is if that is not to be looked for; else empty
 * @param args added to those of the agent's own program
 * @param model null for the type's own default
 * @param startupTimeout to the first sign of life; null for the type's own default
 * @param stallTimeout between two signs of life; null for the type's own default
 * @param timeout for a whole run
 * @param maxTurns replies of the model in one run
 * @param environment variables for this role's agents, beside those for all
 */
public record Agent(
    Type type,
    Auth auth,
    List<String> command,
    List<String> args,
    @Nullable String model,
    @Nullable Duration startupTimeout,
    @Nullable Duration stallTimeout,
    Duration timeout,
    int maxTurns,
    Map<String, String> environment) {
  private static final int PROGRAM_MAX = 40;

  public static final Agent DEFAULT =
      new Agent(
          Type.AUTO,
          Auth.AUTO,
          List.of(),
          List.of(),
          null,
          null,
          null,
          Duration.ofMinutes(45),
          250,
          Map.of());

  public Agent {
    command = List.copyOf(command);
    args = List.copyOf(args);
    environment = Map.copyOf(environment);
  }

  public Agent withType(Type other) {
    return new Agent(
        other,
        auth,
        command,
        args,
        model,
        startupTimeout,
        stallTimeout,
        timeout,
        maxTurns,
        environment);
  }

  /**
   * What it is called where its usage and its allowance are noted: its type, such as {@code
   * claude-code}; of the type {@code acp} also its command's name, such as {@code acp-opencode}.
   */
  public String program() {
    String name = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    if (type != Type.ACP || command.isEmpty()) {
      return name;
    }
    String command = this.command.getFirst().replaceFirst("^.*/", "");
    String plain = command.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return name + "-" + plain.substring(0, Math.min(plain.length(), PROGRAM_MAX));
  }

  /** The harness. */
  public enum Type {
    /** Claude Code where that is found, else the embedded agent. */
    AUTO,
    CLAUDE_CODE,
    CODEX,
    ANTHROPIC,
    /** A program that speaks the Agent Client Protocol. */
    ACP,
    COMMAND
  }

  /** Which credential pays. */
  public enum Auth {
    AUTO,
    SUBSCRIPTION,
    API_KEY
  }
}
