package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an agent finds when it begins, and what is kept of it. */
class WorkerSurroundingsTest {
  private static final String PASS = "echo '{\"verdict\":\"pass\"}' > \"$HYPERLOOP_RESULT_FILE\"\n";

  @TempDir Path root;
  private LocalAgents agents;

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
  }

  @Test
  void aWorkerIsToldWhatItWorksOn() {
    Map<String, String> environment = environmentOf(Orders.writing(7));

    assertThat(environment)
        .containsEntry("HYPERLOOP_ROLE", "implementer")
        .containsEntry("HYPERLOOP_TASK_ID", "task-007")
        .containsEntry("HYPERLOOP_ROUND", "0")
        .containsEntry("HYPERLOOP_SPEC_REF", "specs/some.md@" + "2".repeat(40))
        .containsEntry("HYPERLOOP_BRANCH", "hyperloop/task-007")
        .containsEntry("TERM", "dumb")
        .containsEntry("GIT_TERMINAL_PROMPT", "0")
        .containsKeys("PATH", "HOME", "HYPERLOOP_WORKER_ID", "HYPERLOOP_RESULT_FILE");
  }

  @Test
  void thePmHasNoTask() {
    assertThat(environmentOf(Orders.planning(1)))
        .containsEntry("HYPERLOOP_ROLE", "pm")
        .doesNotContainKeys("HYPERLOOP_TASK_ID", "HYPERLOOP_BRANCH", "HYPERLOOP_SPEC_REF");
  }

  @Test
  void nothingElseOfOursIsPassedOn() {
    agents.ours.put("SSH_AUTH_SOCK", "/tmp/agent.sock");
    agents.ours.put("GITHUB_TOKEN", "ghp_not_for_agents");
    agents.ours.put("GH_TOKEN", "ghp_not_for_agents");
    agents.ours.put("ANTHROPIC_API_KEY", "sk-not-for-agents");
    agents.ours.put("LC_TIME", "C");
    agents.ours.put("https_proxy", "http://proxy:3128");

    assertThat(environmentOf(Orders.writing(1)))
        .doesNotContainKeys("SSH_AUTH_SOCK", "GITHUB_TOKEN", "GH_TOKEN", "ANTHROPIC_API_KEY")
        .containsEntry("LC_TIME", "C")
        .containsEntry("https_proxy", "http://proxy:3128");
  }

  @Test
  void theConfiguredEnvironmentIsPassedOnButCannotPoseAsOurs() {
    agents.agentEnv.put("COLOUR", "blue");
    agents.agentEnv.put("HYPERLOOP_ROLE", "king");

    assertThat(environmentOf(Orders.writing(1)))
        .containsEntry("COLOUR", "blue")
        .containsEntry("HYPERLOOP_ROLE", "implementer");
  }

  @Test
  void commitsAreNotSignedWhateverTheUserConfigured() {
    agents.agentEnv.put("GIT_CONFIG_COUNT", "1");
    agents.agentEnv.put("GIT_CONFIG_KEY_0", "user.name");
    agents.agentEnv.put("GIT_CONFIG_VALUE_0", "Somebody");

    agents.run("git config commit.gpgsign; git config user.name;" + PASS, Orders.writing(1));

    assertThat(agents.log(Orders.writing(1).key())).contains("false\nSomebody\n");
  }

  @Test
  void thePromptComesOnStandardInputAndIsKeptWithTheLog() {
    WorkOrder order = Orders.prompted(Orders.writing(1), "build the thing\n");

    agents.run("sed 's/^/read: /';" + PASS, order);

    assertThat(agents.log(order.key())).contains("read: build the thing");
    assertThat(LocalAgents.read(agents.files().prompt(order.key()))).isEqualTo("build the thing\n");
  }

  @Test
  void theWorkTreeIsTheWorkingDirectory() {
    agents.run("pwd;" + PASS, Orders.writing(1));

    assertThat(agents.log(Orders.writing(1).key()))
        .contains(agents.workplace.directory(Orders.writing(1).key()).toString());
  }

  @Test
  void secretsAreInNeitherLogNorReport() {
    agents.agentEnv.put("SERVICE_TOKEN", "very-secret-value");
    JobEnd end =
        agents.run(
            "printf very-; sleep 0.1; echo secret-value\n"
                + "echo '{\"verdict\":\"fail\",\"detail\":\"it is very-secret-value\"}'"
                + " > $HYPERLOOP_RESULT_FILE",
            Orders.reading(1));

    assertThat(agents.log(Orders.reading(1).key()))
        .contains("[redacted]")
        .doesNotContain("secret-value");
    assertThat(((WorkerEnd.Reported) ((JobEnd.Worker) end).end()).report().detail())
        .isEqualTo("it is [redacted]");
  }

  @Test
  void aProgramThatIsMissingIsSaidBeforeItStarts() {
    LocalRuntime runtime = agents.runtime(new CommandHarness(List.of("no-such-program-here")));

    assertThatThrownBy(() -> runtime.ensure(Orders.writing(1)))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.problems().getFirst().scope()).isEqualTo(Problem.Scope.HARNESS);
              assertThat(failure).hasMessageContaining("no-such-program-here");
            });
    assertThat(runtime.observe().running()).isEmpty();
    assertThat(runtime.observe().ended()).isEmpty();
  }

  @Test
  void aWorkTreeThatCannotBeMadeReadyIsToldToWhoeverAsked() {
    var problem =
        new Problem(Problem.Kind.ENVIRONMENT, Problem.Scope.TASK, "npm ci failed", "", "");
    agents.workplace.failWith(new PortFailure(problem));
    LocalRuntime runtime = agents.runtime(PASS);

    assertThatThrownBy(() -> runtime.ensure(Orders.writing(1)))
        .isInstanceOfSatisfying(
            PortFailure.class, failure -> assertThat(failure.problems()).containsExactly(problem));
    assertThat(agents.files().runs().toFile().list()).isEmpty();
    runtime.endAll("over");
  }

  @Test
  void theAgentsWordGoesToWhoeverTakesItsWork() {
    agents.run(
        "echo '{\"verdict\":\"pass\",\"detail\":\"all done\"}' > $HYPERLOOP_RESULT_FILE",
        Orders.writing(1));

    assertThat(agents.workplace.takenOver()).containsExactly("task-001.implementer.0.0: all done");
  }

  @Test
  void aReleasedRunLeavesItsLogOnly() {
    LocalRuntime runtime = agents.runtime(PASS);
    WorkOrder order = Orders.writing(1);
    runtime.ensure(order);
    JobEnd end = AgentRuntimeContract.awaitEnd(runtime, order.key());

    runtime.release(end.key());
    runtime.endAll("over");

    assertThat(agents.workplace.directory(order.key())).doesNotExist();
    assertThat(agents.files().runs().resolve(order.key().name())).doesNotExist();
    assertThat(agents.files().releasedRuns()).isEmptyDirectory();
    assertThat(agents.files().log(order.key())).exists();
  }

  @Test
  void aRunWhoseWorkTreeWasNeverReadyIsNotTakenOver() throws Exception {
    WorkOrder order = Orders.writing(1);
    agents.files().run(order.key()).begin(order, "some-worker");
    LocalRuntime runtime = agents.runtime(PASS);

    assertThat(runtime.recover()).hasSize(1);

    assertThat(agents.workplace.takenOver()).isEmpty();
  }

  @Test
  void theTreeOfAKilledOrchestratorsAgentIsEndedAndNothingElse() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    String script =
        """
        env -i sh -c 'echo $$ > ../same-session; exec sleep 1000' &
        setsid sh -c 'echo $$ > ../own-session; exec sleep 1000' &
        until [ -s ../same-session ] && [ -s ../own-session ]; do sleep 0.01; done
        mv "$DESK/task-001.implementer.0.0" "$DESK/seen"
        exec sleep 1000
        """;
    agents.report(Orders.writing(1).key(), "go");
    DoomedOrchestrator.liveAndDie(agents, script, "");
    while (!root.resolve("desk").resolve("seen").toFile().exists()) {
      Thread.onSpinWait();
    }

    assertThat(agents.runtime(PASS).recover())
        .singleElement()
        .asString()
        .contains("3 of its processes ended");

    assertThat(isAlive("same-session")).isFalse();
    assertThat(isAlive("own-session")).isFalse();
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroyForcibly();
  }

  private boolean isAlive(String file) {
    String pid = LocalAgents.read(root.resolve("worktrees").resolve(file)).strip();
    return ProcessTable.entry(Long.parseLong(pid)) != null;
  }

  @Test
  void whatIsNoRunOfOursIsLeftAloneAndSaid() throws Exception {
    Path stranger = Files.createDirectories(agents.files().runs().resolve("holiday photos"));

    assertThat(agents.runtime(PASS).recover())
        .singleElement()
        .asString()
        .contains("holiday photos");
    assertThat(stranger).exists();
  }

  private Map<String, String> environmentOf(WorkOrder order) {
    agents.run("env", order);
    return agents
        .log(order.key())
        .lines()
        .filter(line -> line.contains("="))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf('=')),
                line -> line.substring(line.indexOf('=') + 1),
                (first, second) -> second));
  }
}
