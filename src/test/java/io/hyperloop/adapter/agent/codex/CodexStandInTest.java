package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.Harness;
import io.hyperloop.adapter.agent.HarnessContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The harnesses' contract with a stand-in for Codex, which prints what that would. */
class CodexStandInTest extends HarnessContract {
  private static final String PROGRAM =
      """
      #!/bin/sh
      # Nothing but its own arguments, and the prompt on its standard input.
      cat > /dev/null
      unset CODEX_API_KEY
      item='"item":{"id":"item_1","type":"command_execution","command":"sh"'
      echo '{"type":"thread.started","thread_id":"01a205cb-c59a-7011-84e0-23fc256145b9"}'
      echo '{"type":"turn.started"}'
      echo "{\\"type\\":\\"item.started\\",$item}}"
      output=$(sh "$(dirname "$0")/command" 2>&1 | sed 's/[\\\\"]/\\\\&/g' | tr '\\n' '|' | sed 's/|/\\\\n/g')
      echo "{\\"type\\":\\"item.completed\\",$item,\\"aggregated_output\\":\\"$output\\",\\"exit_code\\":0}}"
      echo '{"type":"item.completed","item":{"type":"agent_message","text":"That is all."}}'
      echo '{"type":"turn.completed","usage":{"input_tokens":100,"output_tokens":10}}'
      """;

  @TempDir Path home;

  @Override
  protected Map<String, String> environment(Path folder) {
    return Map.of("HOME", home.toString(), "OPENAI_API_KEY", "sk-of-the-orchestrator");
  }

  @Override
  protected Harness doing(String command) {
    Path program = home.resolve("codex");
    try {
      Files.writeString(home.resolve("command"), command);
      Files.writeString(program, PROGRAM);
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CodexHarness(
        CodexAccount.of(CodexAccount.Auth.API_KEY, environment(home)),
        new CodexSettings(List.of(program.toString()), Optional.empty(), 50, List.of()),
        InstantSource.system());
  }
}
