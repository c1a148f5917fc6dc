package io.hyperloop.adapter.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Usage;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.testing.CodexModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the real Codex does, and what we make of it. */
@Tag("agents")
class CodexRealTest extends RealCodex {
  @Test
  void itsVerdictIsItsLastMessageAndItsLogIsReadable() {
    WorkerEnd end = run((said, results) -> workThenPass("echo made > file.txt; ls", results));

    assertPassed(end);
    assertThat(directory().resolve("file.txt")).hasContent("made");
    assertThat(log())
        .contains("I run it.\n> shell: ", "echo made > file.txt; ls", "\n  file.txt\n> report: {")
        .doesNotContain("\"type\"");
  }

  @Test
  void itsReportHasTheShapeThatItIsTold() {
    assertPassed(run((said, results) -> workThenPass("true", results)));

    assertThat(model.requests().getFirst().path("text").path("format").toString())
        .contains("\"strict\":true", "\"no_change\"");
  }

  @Test
  void aReportInAFileCountsWhereItsLastMessageIsNone() {
    String file = "echo '{\"verdict\":\"pass\",\"detail\":\"x\"}' > \"$HYPERLOOP_RESULT_FILE\"";

    assertPassed(run((said, results) -> CodexModel.run(file, results)));
  }

  @Test
  void whatItUsedIsWhatTheModelCountedReplyByReply() {
    assertPassed(run((said, results) -> workThenPass("sleep 0.5", results)));

    Usage used = overheard.used();
    assertThat(used.input()).isEqualTo(model.inputTokens());
    // The list price of that model, in millionths of a dollar per token.
    assertThat(used.microUsd()).isEqualTo(used.input() * 5 + used.output() * 30);
    assertThat(used.basis()).isEqualTo(Usage.Basis.PAID);
    assertThat(overheard.reports().getFirst().tokens()).isLessThan(used.tokens());
  }

  @Test
  void aSubscriptionPaysEvenWhereAKeyIsSetAndItsCostIsAnEquivalent() {
    subscribe();

    assertPassed(run((said, results) -> workThenPass("true", results)));

    assertThat(overheard.used().basis()).isEqualTo(Usage.Basis.EQUIVALENT);
  }

  @Test
  void theKeyIsNotInTheEnvironmentOfItsTools() {
    assertPassed(run((said, results) -> workThenPass("env > env.txt", results)));

    assertThat(directory().resolve("env.txt"))
        .content()
        .contains("HYPERLOOP_WORKER_ID=")
        .doesNotContain(KEY);
  }

  @Test
  void aProviderOfItsOwnSettingsIsPaidWithTheKeyThatTheyName() {
    askAgain(0);

    assertPassed(run((said, results) -> workThenPass("env > env.txt", results)));

    assertThat(directory().resolve("env.txt")).content().doesNotContain(KEY);
  }
}
