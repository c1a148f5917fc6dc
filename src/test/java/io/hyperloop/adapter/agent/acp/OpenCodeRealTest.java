package io.hyperloop.adapter.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.adapter.agent.LocalAgents;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.demo.Script;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Usage;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.ClaudeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the real {@code opencode acp} does, and what we make of it. */
@Tag("agents")
class OpenCodeRealTest {
  private static final WorkOrder ORDER = Orders.writing(1);
  private static final String PASS =
      "echo made > file.txt; echo '{\"verdict\":\"pass\"}' > \"$HYPERLOOP_RESULT_FILE\"";

  @TempDir Path root;
  private LocalAgents agents;
  private LocalRuntime runtime;
  private ClaudeModel model = OpenCode.playing((said, results) -> Script.say("Nothing."));
  private String settings = "";

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
    runtime = agents.runtime("true");
  }

  @AfterEach
  void end() {
    runtime.endAll("the test is over");
    model.close();
  }

  @Test
  void itsLogIsReadable() {
    assertPassed(
        run((said, results) ->
            results == 0 ? OpenCode.bash(PASS + "; ls") : Script.say("That is all.")));

    assertThat(agents.log(ORDER.key()))
        .contains("[hyperloop] agent: OpenCode 1.18.34", "> echo made", "  file.txt")
        .doesNotContain("jsonrpc");
  }

  @Test
  void whatItUsedIsCountedReplyByReplyAndOnlyOnceWhenItGoesOn() {
    start((said, results) ->
        OpenCode.bash(results == 0 ? "sleep 2" : "echo begun > ../begun; sleep 1000"));
    AcpTests.await(root.resolve("worktrees/begun"), "begun");
    runtime.endAll("hyperloop ends");
    Usage first = used();
    long read = tokens(asked().limit(1));

    assertThat(first.basis()).isEqualTo(Usage.Basis.PAID);
    // A reply is counted when its tools have ended, so one that is broken off there never is.
    assertThat(first.input()).isEqualTo(read);
    // At the list price of that model, in millionths of a dollar per token.
    assertThat(first.microUsd()).isEqualTo(first.input() * 3 + first.output() * 15);

    assertPassed(
        run((said, results) ->
            said.last().contains("You were interrupted") && said.results().isEmpty()
                ? OpenCode.bash(PASS)
                : Script.say("That is all.")));

    assertThat(used().input()).isEqualTo(read + tokens(asked()));
  }

  @Test
  void aLimitIsAMatterOfQuotaUntilItsReset() {
    WorkerEnd.Silent end =
        silent(
            run((said, results) ->
                ClaudeModel.fail(429, "rate_limit_error", Map.of("retry-after", "7200"))));

    assertThat(end.kind()).isEqualTo(Breakage.QUOTA);
    assertThat(end.until())
        .isBetween(Instant.now().plusSeconds(7_100), Instant.now().plusSeconds(7_200));
  }

  @Test
  void aServiceThatStaysOverloadedIsNotTheAgentsFault() {
    WorkerEnd.Silent end =
        silent(run((said, results) -> ClaudeModel.fail(529, "overloaded_error", Map.of())));

    assertThat(end.kind()).isEqualTo(Breakage.OVERLOADED);
  }

  @Test
  void aToolThatHangsIsAStallAndNothingOfItIsLeft() throws IOException {
    agents.deadlines =
        new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(8), Duration.ofMinutes(2));
    String hangs = "setsid -w sh -c 'trap \"\" TERM HUP; echo $$ > ../pid; exec sleep 1000'";

    WorkerEnd.Silent end = silent(run((said, results) -> OpenCode.bash(hangs)));

    assertThat(end.kind()).isEqualTo(Breakage.STALLED);
    String pid = Files.readString(root.resolve("worktrees/pid")).strip();
    Path stat = Path.of("/proc/" + pid + "/stat");
    assertThat(Files.exists(stat) ? Files.readString(stat) : "gone").containsAnyOf("gone", ") Z ");
  }

  @Test
  void itsQuestionsForPermissionAreAnswered() {
    settings = "\"permission\": {\"bash\": \"ask\", \"external_directory\": \"ask\"},";

    assertPassed(
        run((said, results) -> results == 0 ? OpenCode.bash(PASS) : Script.say("That is all.")));

    assertThat(agents.log(ORDER.key())).contains("[hyperloop] permitted: ");
  }

  @Test
  void aKeyThatIsRefusedIsAMatterOfCredentials() {
    assertThat(
            run((said, results) ->
                new Script.Reply.Fail(401, "authentication_error", "invalid x-api-key", Map.of())))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> assertThat(silent.kind()).isEqualTo(Breakage.CREDENTIALS));
  }

  @Test
  void anOverloadedServiceIsAskedAgain() {
    var asked = new AtomicInteger();

    assertPassed(
        run((said, results) ->
            asked.incrementAndGet() == 1
                ? ClaudeModel.fail(529, "overloaded_error", Map.of())
                : results == 0 ? OpenCode.bash(PASS) : Script.say("That is all.")));
  }

  @Test
  void itIsGoneOnWithAfterAnInterruption() {
    start((said, results) -> OpenCode.bash("echo begun > ../begun; sleep 1000"));
    AcpTests.await(root.resolve("worktrees/begun"), "begun");
    runtime.endAll("hyperloop ends");

    assertPassed(
        run((said, results) ->
            said.results().isEmpty()
                    && said.last().contains("You were interrupted")
                    && said.request().toString().contains("sleep 1000")
                ? OpenCode.bash(PASS)
                : Script.say("That is all.")));

    assertThat(agents.log(ORDER.key())).contains("goes on with the conversation ses_");
  }

  private WorkerEnd run(ClaudeModel.Play play) {
    start(play);
    return ((JobEnd.Worker) AgentRuntimeContract.awaitEnd(runtime, ORDER.key())).end();
  }

  private void start(ClaudeModel.Play play) {
    model.close();
    model = OpenCode.playing(play);
    runtime =
        agents.runtime(
            new AcpHarness(
                new AcpSettings(
                    "acp-opencode",
                    OpenCode.command(root.resolve("home"), model.url(), settings),
                    Optional.empty()),
                InstantSource.system()));
    runtime.ensure(ORDER);
  }

  /** What all runs together used. */
  private Usage used() {
    return agents.ledger.entries().stream()
        .map(Ledger.Entry::usage)
        .reduce(Usage.NONE, Usage::plus);
  }

  /** What the model was asked, but for the request for a title, which OpenCode does not count. */
  private Stream<JsonNode> asked() {
    return model.requests().stream().filter(request -> !request.path("tools").isEmpty());
  }

  private static long tokens(Stream<JsonNode> requests) {
    return requests.mapToLong(request -> 1 + request.toString().length() / 4).sum();
  }

  private static WorkerEnd.Silent silent(WorkerEnd end) {
    assertThat(end).isInstanceOf(WorkerEnd.Silent.class);
    return (WorkerEnd.Silent) end;
  }

  private static void assertPassed(WorkerEnd end) {
    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
  }
}
