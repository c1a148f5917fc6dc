package io.hyperloop.testing;

import java.nio.file.Path;

/** Agent programs at pinned versions, installed by npm beside the jar when first asked for. */
public final class AgentPrograms {
  private AgentPrograms() {}

  /** Anthropic's Claude Code, as a program that needs nothing else. */
  public static Path claude() {
    return NpmPackages.file("@anthropic-ai/claude-code-linux-x64", "2.1.330", "claude");
  }

  /** OpenCode, as a program that needs nothing else. */
  public static Path opencode() {
    return NpmPackages.file("opencode-linux-x64", "1.18.34", "bin/opencode");
  }

  /** OpenAI's Codex, as a program that needs nothing else. */
  public static Path codex() {
    return NpmPackages.file(
        "@openai/codex", "0.169.0-linux-x64", "vendor/x86_64-unknown-linux-musl/bin/codex");
  }
}
