package io.hyperloop.adapter.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hyperloop.domain.Usage;
import io.hyperloop.domain.WorkerEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the real Claude Code does, and what we make of it. */
@Tag("agents")
class ClaudeCodeRealTest extends RealClaudeCode {
  @Test
  void itsVerdictIsStructuredOutputAndItsLogIsReadable() {
    WorkerEnd end = run((said, results) -> workThenPass("echo made > file.txt; ls", results));

    assertPassed(end);
    assertThat(directory().resolve("file.txt")).hasContent("made");
    assertThat(agents.log(ORDER.key()))
        .contains("I run it.\n> Bash: echo made > file.txt; ls\n  file.txt\n> report: {")
        .contains("[hyperloop] Claude Code 2.1.330, the model is " + MODEL)
        .doesNotContain("\"type\"");
  }

  @Test
  void structuredOutputWinsOverAFileWrittenBefore() {
    String file = "echo '{\"verdict\":\"fail\",\"detail\":\"x\"}' > \"$HYPERLOOP_RESULT_FILE\"";

    assertPassed(run((said, results) -> workThenPass(file, results)));
  }

  @Test
  void whatItUsedIsWhatTheModelCounted() {
    assertPassed(run((said, results) -> workThenPass("echo made", results)));

    var used = overheard.used();
    assertThat(used.input()).isEqualTo(model.inputTokens());
    // The list price of that model, in millionths of a dollar per token.
    assertThat(used.microUsd()).isCloseTo(used.input() * 3 + used.output() * 15, within(1L));
    assertThat(used.basis()).isEqualTo(Usage.Basis.PAID);
  }

  @Test
  void aSubscriptionsCostIsAnEquivalent() {
    subscribe();

    assertPassed(run((said, results) -> workThenPass("env > env.txt", results)));

    assertThat(overheard.used().basis()).isEqualTo(Usage.Basis.EQUIVALENT);
    assertThat(directory().resolve("env.txt")).content().doesNotContain("oat01", KEY);
  }

  @Test
  void theKeyIsInNoEnvironmentAndNoCommandLine() throws IOException {
    String look =
        "for p in $$ $PPID $CLAUDE_PID; do tr '\\0' '\\n' < /proc/$p/environ;"
            + " tr '\\0' '\\n' < /proc/$p/cmdline; done > seen.txt; cat <&3 >> seen.txt; true";

    assertPassed(run((said, results) -> workThenPass(look, results)));

    assertThat(Files.readString(directory().resolve("seen.txt")))
        .contains("HYPERLOOP_WORKER_ID=", "--output-format=stream-json")
        .doesNotContain(KEY);
  }

  @Test
  void theUsersOwnSettingsStayOut() throws IOException {
    Path own = Files.createDirectories(root.resolve("home").resolve(".claude"));
    Files.writeString(own.resolve("CLAUDE.md"), "OF-THE-USER");
    Files.writeString(
        own.resolve("settings.json"), "{\"env\":{\"LEAK\":\"of-the-user\"},\"model\":\"other\"}");

    assertPassed(run((said, results) -> workThenPass("env > env.txt", results)));

    assertThat(directory().resolve("env.txt")).content().doesNotContain("LEAK");
    assertThat(model.requests().toString()).doesNotContain("OF-THE-USER");
  }
}
