package io.hyperloop.adapter.agent.codex;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.demo.Script;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.testing.ClaudeModel;
import io.hyperloop.testing.CodexModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How runs of the real Codex end, and what is left of them. */
@Tag("agents")
class CodexEndsTest extends RealCodex {
  @Test
  void anOverloadedServiceIsTriedAgain() {
    askAgain(3);

    WorkerEnd end =
        run((said, results) ->
            model.requests().size() == 1
                ? ClaudeModel.fail(529, "overloaded_error", Map.of())
                : workThenPass("true", results));

    assertPassed(end);
    assertThat(log()).contains("Reconnecting", "529");
  }

  @Test
  void aServiceThatStaysOverloadedIsNotTheAgentsFault() {
    askAgain(1);

    assertThat(ending(529, "overloaded_error", Map.of()).kind()).isEqualTo(Breakage.OVERLOADED);
  }

  @Test
  void aServiceThatIsNotThereIsNotTheAgentsFault() {
    askAgain(0);
    start((said, results) -> Script.say("Never."));
    model.close();

    assertThat(silent(ended()).kind()).isEqualTo(Breakage.OVERLOADED);
  }

  @Test
  void aLimitOfASubscriptionNamesItsReset() {
    subscribe();
    Instant reset = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    WorkerEnd.Silent end =
        ending(
            429,
            "usage_limit_reached",
            Map.of(
                "x-codex-primary-used-percent", "100",
                "x-codex-primary-window-minutes", "300",
                "x-codex-primary-reset-at", "" + reset.getEpochSecond()));

    assertThat(end.kind()).isEqualTo(Breakage.QUOTA);
    assertThat(end.until()).isEqualTo(reset);
    assertThat(overheard.allowance().used()).isEqualTo(1);
    assertThat(overheard.allowance().resetsAt()).isEqualTo(reset);
  }

  @Test
  void anAccountWithoutMoneyIsAMatterOfQuota() {
    askAgain(0);

    assertThat(ending(429, "insufficient_quota", Map.of()).kind()).isEqualTo(Breakage.QUOTA);
  }

  @Test
  void aRateLimitWithoutAResetIsThrottling() {
    askAgain(0);

    WorkerEnd.Silent end = ending(429, "rate_limit_exceeded", Map.of());

    assertThat(end.kind()).isEqualTo(Breakage.THROTTLED);
    assertThat(end.until()).isNull();
  }

  @Test
  void aKeyThatIsRefusedIsAMatterOfCredentials() {
    askAgain(0);

    assertThat(ending(401, "invalid_api_key", Map.of()).kind()).isEqualTo(Breakage.CREDENTIALS);
  }

  @Test
  void aCommandThatItsRulesForbidIsNoVerdict() {
    Path ignored =
        CodexModel.write(
            root.resolve("home"),
            "rules/ours.rules",
            "prefix_rule(pattern=[\"touch\"], decision=\"forbidden\")\n");

    WorkerEnd.Silent end =
        silent(run((said, results) -> CodexModel.run("touch file.txt", results)));

    assertThat(end.kind()).isEqualTo(Breakage.PERMISSION_DENIED);
    assertThat(directory().resolve("file.txt")).doesNotExist();
  }

  @Test
  void anAgentThatGoesOnForEverIsEnded() {
    turnsMax = 3;

    WorkerEnd.Silent end = silent(run((said, results) -> CodexModel.shell("sleep 0.3")));

    assertThat(end.kind()).isEqualTo(Breakage.CRASHED);
    assertThat(end.detail()).contains("maximum number of turns (3)");
  }

  @Test
  void aToolThatHangsIsAStallAndNothingOfItIsLeft() throws Exception {
    agents.deadlines =
        new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(6), Duration.ofMinutes(2));

    WorkerEnd.Silent end = silent(run((said, results) -> CodexModel.shell(stubborn("hangs"))));

    assertThat(end.kind()).isEqualTo(Breakage.STALLED);
    assertGone("hangs");
  }

  @Test
  void anAgentThatIsEndedInTheMiddleOfAToolLeavesNothing() throws Exception {
    start((said, results) ->
        CodexModel.shell("(setsid sleep 3009 &) ; " + stubborn("tool") + " & " + stubborn("wait")));
    await("tool");
    await("wait");

    runtime.end(ORDER.key(), "not wanted any more");

    assertThat(silent(ended()).kind()).isEqualTo(Breakage.ENDED_BY_US);
    assertGone("tool");
    assertGone("wait");
    assertThat(
            ProcessHandle.allProcesses()
                .filter(one -> one.info().commandLine().orElse("").endsWith("sleep 3009")))
        .isEmpty();
  }

  @Test
  void anInterruptedConversationIsGoneOnWithAndItsUsageIsNotCountedAgain() throws Exception {
    start((said, results) ->
        results == 0 ? CodexModel.shell(stubborn("first")) : Script.say("Never."));
    await("first");
    runtime.end(ORDER.key(), "stopped");
    assertThat(silent(ended()).kind()).isEqualTo(Breakage.ENDED_BY_US);
    String session = overheard.sessions().getFirst();
    assertThat(overheard.used().input()).isEqualTo(model.inputTokens());
    model.close();
    runtime.release(ORDER.key());
    overheard.resume(session);

    assertPassed(run((said, results) -> CodexModel.verdict("pass", "at last")));

    String request = model.requests().getFirst().path("input").toString();
    assertThat(request).contains("do the work", "I run it.", "You were interrupted");
    assertThat(overheard.sessions()).containsOnly(session);
    assertThat(overheard.used().input()).isEqualTo(model.inputTokens());
  }

  @Test
  void aConversationThatIsGoneBeginsAnew() {
    overheard.resume("22222222-2222-4222-8222-222222222222");

    assertPassed(run((said, results) -> CodexModel.verdict("pass", "done")));

    assertThat(model.requests().getFirst().path("input").toString())
        .contains("do the work")
        .doesNotContain("You were interrupted");
    assertThat(log()).contains("that conversation is not there any more");
  }

  private WorkerEnd.Silent ending(int status, String type, Map<String, String> headers) {
    return silent(run((said, results) -> ClaudeModel.fail(status, type, headers)));
  }
}
