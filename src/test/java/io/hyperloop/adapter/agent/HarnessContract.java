package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every harness keeps to, whatever its agent is made of. */
public abstract class HarnessContract {
  private static final String PASS = "echo '{\"verdict\":\"pass\"}' > \"$HYPERLOOP_RESULT_FILE\"";

  @TempDir Path root;
  private final String sleep = "sleep 1000." + System.nanoTime();
  private LocalAgents agents;
  private @Nullable LocalRuntime runtime;

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
    agents.sandbox = sandbox(root);
    agents.ours.put("ANTHROPIC_API_KEY", "sk-of-the-orchestrator");
    agents.ours.putAll(environment(root));
  }

  @AfterEach
  void end() {
    if (runtime != null) {
      runtime.endAll("the test is over");
    }
  }

  /** In what it is started. */
  protected Sandbox sandbox(Path folder) {
    return Sandbox.NONE;
  }

  /** What the orchestrator's environment holds beside that of the tests. */
  protected Map<String, String> environment(Path folder) {
    return Map.of();
  }

  /** An agent that runs this command in a shell, and ends. */
  protected abstract Harness doing(String command);

  @Test
  void anAgentWorksInItsWorkTreeAndReports() {
    WorkerEnd end = run("echo made > file.txt; " + PASS);

    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            reported -> assertThat(reported.report().verdict()).isEqualTo(Verdict.PASS));
    assertThat(agents.workplace.directory(Orders.writing(1).key()).resolve("file.txt"))
        .hasContent("made");
  }

  @Test
  void anAgentThatEndsWithoutAReportHasNoVerdict() {
    assertThat(run("true"))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> {
              assertThat(silent.kind()).isEqualTo(Breakage.CRASHED);
              assertThat(silent.detail()).contains("without a report");
            });
  }

  @Test
  void thePmAnswersInTheSameWay() {
    WorkOrder order = Orders.planning(1);
    start("echo '{\"tasks\": []}' > \"$HYPERLOOP_RESULT_FILE\"", order);

    assertThat(((JobEnd.Pm) awaitEnd(order)).end()).isInstanceOf(PmEnd.Answered.class);
  }

  @Test
  void whatAnAgentPrintsIsInItsLog() {
    assertThat(run("echo hello from the agent; " + PASS)).isInstanceOf(WorkerEnd.Reported.class);

    assertThat(agents.log(Orders.writing(1).key())).contains("hello from the agent");
  }

  @Test
  void anAgentKnowsItsTaskAndNotOurCredentials() {
    assertThat(run("env; " + PASS)).isInstanceOf(WorkerEnd.Reported.class);

    assertThat(agents.log(Orders.writing(1).key()))
        .contains("HYPERLOOP_TASK_ID=task-001")
        .doesNotContain("sk-of-the-orchestrator")
        .doesNotContain("ANTHROPIC_API_KEY=");
  }

  @Test
  void anAgentBeyondItsTimeIsTimedOutAndGone() {
    agents.deadlines = Deadlines.of(Duration.ofMillis(500));

    assertThat(run(sleep))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> assertThat(silent.kind()).isEqualTo(Breakage.TIMED_OUT));
    assertThat(alive()).isFalse();
  }

  @Test
  void anAgentThatFallsSilentIsStalledAndGone() {
    agents.deadlines =
        new Deadlines(Duration.ofMinutes(1), Duration.ofMillis(300), Duration.ofMinutes(1));

    assertThat(run("echo begun; " + sleep))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> assertThat(silent.kind()).isEqualTo(Breakage.STALLED));
    assertThat(alive()).isFalse();
  }

  @Test
  void anAgentThatWeEndIsGone() {
    WorkOrder order = Orders.writing(1);
    LocalRuntime started = start(sleep + " & " + sleep, order);

    started.end(order.key(), "not wanted any more");

    assertThat(((JobEnd.Worker) awaitEnd(order)).end())
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> assertThat(silent.kind()).isEqualTo(Breakage.ENDED_BY_US));
    assertThat(alive()).isFalse();
  }

  /** Looked for by its argument, since in a sandbox an agent knows its pid by another number. */
  private boolean alive() {
    String argument = sleep.substring(sleep.indexOf(' ') + 1);
    return ProcessHandle.allProcesses()
        .anyMatch(process ->
            List.of(process.info().arguments().orElse(new String[0])).contains(argument));
  }

  private WorkerEnd run(String command) {
    start(command, Orders.writing(1));
    return ((JobEnd.Worker) awaitEnd(Orders.writing(1))).end();
  }

  @com.google.errorprone.annotations.CanIgnoreReturnValue
  private LocalRuntime start(String command, WorkOrder order) {
    LocalRuntime started = agents.runtime(doing(command));
    runtime = started;
    started.ensure(order);
    return started;
  }

  private JobEnd awaitEnd(WorkOrder order) {
    return AgentRuntimeContract.awaitEnd(java.util.Objects.requireNonNull(runtime), order.key());
  }
}
