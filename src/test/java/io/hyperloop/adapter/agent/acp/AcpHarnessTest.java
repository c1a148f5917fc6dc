package io.hyperloop.adapter.agent.acp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.adapter.agent.LocalAgents;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.Usage;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of what an agent says, over a fake one of our own. */
class AcpHarnessTest {
  private static final WorkOrder ORDER = Orders.writing(1);

  @TempDir Path root;
  private LocalAgents agents;
  private LocalRuntime runtime;

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
    runtime = agents.runtime("true");
  }

  @AfterEach
  void end() {
    runtime.endAll("the test is over");
  }

  @Test
  void whatItSaysAndDoesIsInTheLogAsPeopleReadIt() {
    assertVerdict(run("plain"), Verdict.PASS);

    assertThat(log()).contains("hello\n> shell: ls\n  a file\n").doesNotContain("jsonrpc");
  }

  @Test
  void itWorksInItsWorkTreeAndIsOfferedNoFilesAndTerminals() throws IOException {
    assertVerdict(run("plain"), Verdict.PASS);

    assertThat(heard())
        .contains("\"cwd\":\"" + agents.workplace.directory(ORDER.key()) + "\"")
        .contains("\"readTextFile\":false", "\"writeTextFile\":false", "\"terminal\":false");
  }

  @Test
  void aPermissionIsGivenForThisOnce() {
    assertVerdict(run("permission"), Verdict.PASS);

    assertThat(log()).contains("[hyperloop] permitted: rm -rf x");
  }

  @Test
  void whereThereIsOnlyANoItIsSaidAndTold() {
    assertSilent(run("only-no"), Breakage.PERMISSION_DENIED);

    assertThat(log()).contains("[hyperloop] not permitted: rm -rf x");
  }

  @Test
  void whoAsksAPersonNeedsInput() {
    assertThat(assertSilent(run("asks-a-person"), Breakage.NEEDS_INPUT).detail())
        .contains("which one?");
  }

  @Test
  void whoAsksForOurFilesIsRefused() {
    assertVerdict(run("reads-files"), Verdict.PASS);
  }

  @Test
  void aLoginThatIsNeededIsAMatterOfCredentials() {
    assertSilent(run("login"), Breakage.CREDENTIALS);
  }

  @Test
  void anErrorIsAnEnd() {
    assertSilent(run("error Overloaded"), Breakage.OVERLOADED);
  }

  @Test
  void garbageIsPassedOver() {
    assertVerdict(run("garbage"), Verdict.PASS);

    assertThat(log()).contains("[hyperloop] agent: no json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "endless-line"})
  void whoSaysNothingThatIsALineIsStalled(String mode) {
    agents.deadlines =
        new Deadlines(Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofMinutes(1));

    assertSilent(run(mode), Breakage.STALLED);
  }

  @Test
  void whoAsksAndDoesNotListenIsEnded() {
    assertThat(assertSilent(run("deaf"), Breakage.CRASHED).detail()).contains("does not read");
  }

  @Test
  void whoDiesInTheMiddleHasCrashed() {
    assertThat(assertSilent(run("dies"), Breakage.CRASHED).detail())
        .contains("exit code 3", "something is wrong");
  }

  @Test
  void whatComesAfterTheEndHarmsNothing() {
    assertVerdict(run("late"), Verdict.PASS);
  }

  @Test
  void whoForgetsItsReportIsRemindedOnce() {
    assertVerdict(run("second-time"), Verdict.PASS);

    assertThat(log()).contains("reminded of its report");
  }

  @Test
  void whoComesToItsLimitGoesOnOnce() {
    assertThat(assertSilent(run("limited"), Breakage.CRASHED).detail()).contains("twice");
  }

  @Test
  void aRefusalIsACrash() {
    assertThat(assertSilent(run("refusing"), Breakage.CRASHED).detail()).contains("refused");
  }

  @Test
  void aLaterProtocolIsNotSpoken() {
    assertThat(assertSilent(run("later-version"), Breakage.CRASHED).detail()).contains("version 2");
  }

  @Test
  void whatItUsedIsNoted() {
    assertVerdict(run("usage"), Verdict.PASS);

    assertThat(agents.ledger.entries().getFirst().usage())
        .isEqualTo(new Usage(10, 7, 3, 5, 250_000, Usage.Basis.PAID));
  }

  @Test
  void theModelIsChosenWhereThereIsAChoice() throws IOException {
    assertVerdict(run("models", "big"), Verdict.PASS);

    assertThat(heard()).contains("\"modelId\":\"big\"");
  }

  @Test
  void aModelThatCannotBeChosenIsNotIgnored() {
    assertThat(assertSilent(run("plain", "big"), Breakage.CRASHED).detail())
        .contains("no choice of a model");
  }

  @Test
  void anInterruptedConversationIsGoneOnWith() throws IOException {
    interrupt();

    assertVerdict(run("plain"), Verdict.PASS);

    assertThat(heard()).contains("\"method\":\"session/load\"", "You were interrupted");
    assertThat(log()).doesNotContain("said before");
  }

  @Test
  void aConversationThatIsGoneBeginsAnew() throws IOException {
    interrupt();

    assertVerdict(run("forgetful"), Verdict.PASS);

    assertThat(heard()).contains("\"method\":\"session/load\"").doesNotContain("interrupted");
  }

  /** Ends a run in the middle of its conversation, as the end of an orchestrator does. */
  private void interrupt() {
    start("silent", Optional.empty());
    AcpTests.await(root.resolve("worktrees/heard"), "session/prompt");
    runtime.endAll("hyperloop ends");
  }

  private WorkerEnd run(String mode) {
    return run(mode, Optional.empty());
  }

  private WorkerEnd run(String mode, String model) {
    return run(mode, Optional.of(model));
  }

  private WorkerEnd run(String mode, Optional<String> model) {
    start(mode, model);
    return ((JobEnd.Worker) AgentRuntimeContract.awaitEnd(runtime, ORDER.key())).end();
  }

  private void start(String mode, Optional<String> model) {
    runtime =
        agents.runtime(
            new AcpHarness(
                new AcpSettings("acp-fake", FakeAcpAgent.command(mode), model),
                InstantSource.system()));
    runtime.ensure(ORDER);
  }

  private String log() {
    return agents.log(ORDER.key());
  }

  private String heard() throws IOException {
    return Files.readString(root.resolve("worktrees/heard"));
  }

  private static void assertVerdict(WorkerEnd end, Verdict verdict) {
    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            reported -> assertThat(reported.report().verdict()).isEqualTo(verdict));
  }

  private static WorkerEnd.Silent assertSilent(WorkerEnd end, Breakage kind) {
    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class, silent -> assertThat(silent.kind()).isEqualTo(kind));
    return (WorkerEnd.Silent) end;
  }
}
