package io.hyperloop.adapter.agent.codex;

import java.util.List;
import java.util.Optional;

/**
 * How Codex is started.
 *
 * @param program and arguments that come before all others; a name without a slash is looked for in
 *     the worker's PATH
 * @param model empty for its own default
 * @param turnsMax replies of the model per run
 * @param args added after all of ours, so that they win
 */
public record CodexSettings(
    List<String> program, Optional<String> model, int turnsMax, List<String> args) {
  public static final List<String> PROGRAM = List.of("codex");

  public CodexSettings {
    if (program.isEmpty()) {
      throw new IllegalArgumentException("Codex without a program");
    }
    program = List.copyOf(program);
    args = List.copyOf(args);
  }
}
