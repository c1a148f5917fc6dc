package io.hyperloop.adapter.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.demo.Script;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.testing.ClaudeModel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How runs of the real Claude Code end, and what is left of them. */
@Tag("agents")
class ClaudeCodeEndsTest extends RealClaudeCode {
  @Test
  void anOverloadedServiceIsTriedAgain() {
    WorkerEnd end =
        run((said, results) ->
            model.requests().size() == 1
                ? ClaudeModel.fail(529, "overloaded_error", Map.of())
                : workThenPass("true", results));

    assertPassed(end);
    assertThat(agents.log(ORDER.key())).contains("the model's service answered 529 (overloaded)");
  }

  @Test
  void aServiceThatStaysOverloadedIsNotTheAgentsFault() {
    agents.agentEnv.put("CLAUDE_CODE_MAX_RETRIES", "1");

    WorkerEnd.Silent end =
        silent(run((said, results) -> ClaudeModel.fail(529, "overloaded_error", Map.of())));

    assertThat(end.kind()).isEqualTo(Breakage.OVERLOADED);
  }

  @Test
  void aSubscriptionsLimitNamesItsReset() {
    subscribe();
    Instant reset = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    WorkerEnd.Silent end =
        silent(
            run((said, results) ->
                ClaudeModel.fail(
                    429,
                    "rate_limit_error",
                    Map.of(
                        "retry-after", "7200",
                        "anthropic-ratelimit-unified-status", "rejected",
                        "anthropic-ratelimit-unified-representative-claim", "five_hour",
                        "anthropic-ratelimit-unified-reset", "" + reset.getEpochSecond()))));

    assertThat(end.kind()).isEqualTo(Breakage.QUOTA);
    assertThat(end.until()).isEqualTo(reset);
    assertThat(overheard.allowance().used()).isEqualTo(1);
    assertThat(overheard.allowance().resetsAt()).isEqualTo(reset);
  }

  @Test
  void aKeyThatIsRefusedIsTold() {
    agents.agentEnv.put("CLAUDE_CODE_MAX_RETRIES", "0");

    WorkerEnd.Silent end =
        silent(run((said, results) -> ClaudeModel.fail(401, "authentication_error", Map.of())));

    assertThat(end.kind()).isEqualTo(Breakage.CREDENTIALS);
  }

  @Test
  void aToolThatIsDeniedIsNoVerdict() {
    args = List.of("--permission-mode=dontAsk", "--allowedTools=Read");

    WorkerEnd.Silent end =
        silent(run((said, results) -> ClaudeModel.run("echo made > file.txt", results)));

    assertThat(end.kind()).isEqualTo(Breakage.PERMISSION_DENIED);
    assertThat(end.detail()).contains("Bash");
    assertThat(directory().resolve("file.txt")).doesNotExist();
  }

  @Test
  void anAgentThatGoesOnForEverIsEnded() {
    args = List.of("--max-turns=3");

    WorkerEnd.Silent end = silent(run((said, results) -> ClaudeModel.bash("echo " + results)));

    assertThat(end.kind()).isEqualTo(Breakage.CRASHED);
    assertThat(end.detail()).contains("maximum number of turns (3)");
    assertThat(model.answered()).isEqualTo(3);
  }

  @Test
  void aToolThatHangsIsAStallAndNothingOfItIsLeft() throws Exception {
    agents.deadlines =
        new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(6), Duration.ofMinutes(2));

    WorkerEnd.Silent end = silent(run((said, results) -> ClaudeModel.bash(stubborn("hangs"))));

    assertThat(end.kind()).isEqualTo(Breakage.STALLED);
    assertGone("hangs");
  }

  @Test
  void anAgentThatIsEndedInTheMiddleOfAToolLeavesNothing() throws Exception {
    start((said, results) ->
        ClaudeModel.bash("(setsid sleep 3007 &) ; " + stubborn("tool") + " & " + stubborn("wait")));
    await("tool");
    await("wait");

    runtime.end(ORDER.key(), "not wanted any more");

    assertThat(silent(ended()).kind()).isEqualTo(Breakage.ENDED_BY_US);
    assertGone("tool");
    assertGone("wait");
    assertThat(
            ProcessHandle.allProcesses()
                .filter(one -> one.info().commandLine().orElse("").endsWith("sleep 3007")))
        .isEmpty();
  }

  @Test
  void anInterruptedConversationIsGoneOnWith() throws Exception {
    start((said, results) ->
        results == 0 ? ClaudeModel.bash(stubborn("first")) : Script.say("Never."));
    await("first");
    runtime.end(ORDER.key(), "stopped");
    assertThat(silent(ended()).kind()).isEqualTo(Breakage.ENDED_BY_US);
    String session = overheard.sessions().getFirst();
    model.close();
    runtime.release(ORDER.key());
    overheard.resume(session);

    assertPassed(run((said, results) -> ClaudeModel.verdict("pass", "at last")));

    String request = model.requests().getFirst().path("messages").toString();
    assertThat(request).contains("do the work", "I run it.", "You were interrupted");
    assertThat(overheard.sessions()).containsOnly(session);
  }

  @Test
  void aConversationThatIsGoneBeginsAnew() {
    overheard.resume("22222222-2222-4222-8222-222222222222");

    assertPassed(run((said, results) -> ClaudeModel.verdict("pass", "done")));

    assertThat(model.requests().getFirst().path("messages").toString())
        .contains("do the work")
        .doesNotContain("You were interrupted");
    assertThat(agents.log(ORDER.key())).contains("that conversation is not there any more");
  }
}
