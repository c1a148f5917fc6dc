package io.hyperloop.adapter.agent.claude;

import java.util.List;
import java.util.Optional;

/**
 * How Claude Code is started.
 *
 * @param program and arguments that come before all others; a name without a slash is looked for in
 *     the worker's PATH
 * @param model empty for its own default
 * @param turnsMax replies of the model per run
 * @param args added after all of ours, so that they win
 */
public record ClaudeCodeSettings(
    List<String> program, Optional<String> model, int turnsMax, List<String> args) {
  public static final List<String> PROGRAM = List.of("claude");

  public ClaudeCodeSettings {
    if (program.isEmpty()) {
      throw new IllegalArgumentException("Claude Code without a program");
    }
    program = List.copyOf(program);
    args = List.copyOf(args);
  }
}
