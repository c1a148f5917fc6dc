package io.hyperloop.adapter.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.LocalAgents;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.demo.Script;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Usage;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.ClaudeModel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void itsLogIsReadableAndItsCostIsOfTheWholeSession() {
    assertPassed(
        run((said, results) ->
            results == 0 ? OpenCode.bash(PASS + "; ls") : Script.say("That is all.")));

    assertThat(agents.log(ORDER.key()))
        .contains("[hyperloop] agent: OpenCode 1.18.34", "> echo made", "  file.txt")
        .doesNotContain("jsonrpc");
    Usage used = agents.ledger.entries().getFirst().usage();
    assertThat(used.basis()).isEqualTo(Usage.Basis.PAID);
    // At the list price, all that the model has read but for the request for a title; the tokens
    // that it tells are the last reply's alone.
    long read =
        model.requests().stream()
            .filter(request -> !request.path("tools").isEmpty())
            .mapToLong(request -> 1 + request.toString().length() / 4)
            .sum();
    assertThat(used.microUsd()).isBetween(read * 3, read * 3 + 1_000 * 15);
    assertThat(used.input()).isLessThan(read);
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

  private static void assertPassed(WorkerEnd end) {
    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
  }
}
