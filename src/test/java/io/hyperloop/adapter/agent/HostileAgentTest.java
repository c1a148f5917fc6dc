package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents that do what they should not: each ends without a verdict, and nothing hangs. */
class HostileAgentTest {
  private static final String PASS = "echo '{\"verdict\":\"pass\"}' > \"$HYPERLOOP_RESULT_FILE\"\n";

  @TempDir Path root;
  private LocalAgents agents;

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "echo '{\"verdict\": \"pa' > $HYPERLOOP_RESULT_FILE",
        "echo '[\"pass\"]' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\": true}' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\": \"PASS\"}' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"detail\": \"pass\"}' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\": \"pass\", \"detail\": 7}' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\": \"pass\", \"no_change\": \"yes\"}' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\": \"fail\", \"verdict\": \"pass\"}' > $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\": \"pass\"} {}' > $HYPERLOOP_RESULT_FILE",
        "head -c 300000 /dev/urandom > $HYPERLOOP_RESULT_FILE",
        "yes '[' | tr -d '\\n' | head -c 900000 > $HYPERLOOP_RESULT_FILE",
        "truncate -s 100M $HYPERLOOP_RESULT_FILE",
        "mkfifo $HYPERLOOP_RESULT_FILE",
        "mkdir $HYPERLOOP_RESULT_FILE",
        "echo '{\"verdict\":\"pass\"}' > real; ln -s $PWD/real $HYPERLOOP_RESULT_FILE",
        "rm -r $(dirname $HYPERLOOP_RESULT_FILE)",
      })
  void aReportThatDoesNotFitIsNoVerdict(String script) {
    assertThat(end(script))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Breakage.CRASHED);
              assertThat(end.detail()).isNotBlank().hasSizeLessThan(1000);
              assertThat(end.delivery()).isInstanceOf(Delivery.Taken.class);
            });
  }

  @Test
  void unknownKeysAndAMissingDetailAreNoFault() {
    assertThat(end("echo '{\"verdict\": \"pass\", \"mood\": [1]}' > $HYPERLOOP_RESULT_FILE"))
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            end -> {
              assertThat(end.report().verdict()).isEqualTo(Verdict.PASS);
              assertThat(end.report().detail()).isEmpty();
            });
  }

  @Test
  void aReportOfAnAgentThatFailedDoesNotCount() {
    assertThat(end(PASS + "exit 3"))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Breakage.CRASHED);
              assertThat(end.detail()).contains("exit code 3");
            });
  }

  @Test
  void anAnswerOfThePmThatIsNotOfTheShapeListsEachFault() {
    JobEnd end =
        agents.run(
            """
            echo '{"tasks": [{"title": "x", "deps": "task-001"}, 7], "deferred": [{"spec": "a"}]}' \
              > $HYPERLOOP_RESULT_FILE
            """,
            Orders.planning(1));

    assertThat(((JobEnd.Pm) end).end())
        .isInstanceOfSatisfying(
            PmEnd.Garbled.class,
            garbled ->
                assertThat(garbled.problems())
                    .containsExactly(
                        "tasks[0].spec: is missing",
                        "tasks[0].deps: must be a list",
                        "tasks[1]: must be an object",
                        "deferred[0].reason: is missing"));
  }

  @Test
  void brokenJsonFromThePmIsGarbledAndNothingFromThePmIsSilent() {
    JobEnd broken = agents.run("echo '{' > $HYPERLOOP_RESULT_FILE", Orders.planning(1));
    JobEnd nothing = agents.run("true", Orders.planning(2));

    assertThat(((JobEnd.Pm) broken).end()).isInstanceOf(PmEnd.Garbled.class);
    assertThat(((JobEnd.Pm) nothing).end()).isInstanceOf(PmEnd.Silent.class);
  }

  @Test
  void anAgentThatDeletesItsWorkTreeHasStillEnded() {
    assertThat(end("rm -rf \"$PWD\"\n" + PASS).delivery()).isInstanceOf(Delivery.Unusable.class);
  }

  @Test
  void endlessOutputNeitherFillsTheDiskNorBlocks() throws Exception {
    assertThat(end("head -c 80000000 /dev/zero\n" + PASS)).isInstanceOf(WorkerEnd.Reported.class);

    Path log = agents.files().log(Orders.writing(1).key());
    assertThat(Files.size(log)).isBetween(AgentLog.BYTES_MAX, AgentLog.BYTES_MAX + (1 << 17));
    try (var tail = Files.newByteChannel(log)) {
      tail.position(tail.size() - 400);
      var end = java.nio.ByteBuffer.allocate(400);
      while (end.hasRemaining() && tail.read(end) > 0) {}
      assertThat(new String(end.array(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("it has reached 64 MiB")
          .contains("more bytes were not kept");
    }
  }

  @Test
  void aLongPromptThatIsNotReadHoldsNothingUp() {
    WorkOrder order = Orders.prompted(Orders.writing(1), "x".repeat(1 << 20));

    assertThat(((JobEnd.Worker) agents.run(PASS, order)).end())
        .isInstanceOf(WorkerEnd.Reported.class);
  }

  @Test
  void anAgentBeyondItsTimeIsEndedEvenIfItDoesNotWantTo() throws Exception {
    agents.deadlines = Deadlines.of(Duration.ofMillis(300));

    WorkerEnd end = end("trap '' TERM; echo $$ > ../pid\n" + PASS + "while true; do sleep 1; done");

    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> assertThat(silent.kind()).isEqualTo(Breakage.TIMED_OUT));
    assertThat(pidIn("pid")).isNull();
  }

  @Test
  void aDaemonThatAnAgentLeavesBehindIsEnded() throws Exception {
    assertThat(
            end(
                "setsid sh -c 'echo $$ > ../pid; exec sleep 1000' > /dev/null 2>&1 &\n"
                    + "until [ -s ../pid ]; do sleep 0.01; done\n"
                    + PASS))
        .isInstanceOf(WorkerEnd.Reported.class);

    assertThat(pidIn("pid")).isNull();
  }

  @Test
  void aChildThatClearedItsEnvironmentIsEndedToo() throws Exception {
    assertThat(
            end(
                "env -i sh -c 'echo $$ > ../pid; exec sleep 1000' > /dev/null 2>&1 &\n"
                    + "until [ -s ../pid ]; do sleep 0.01; done\n"
                    + PASS))
        .isInstanceOf(WorkerEnd.Reported.class);

    assertThat(pidIn("pid")).isNull();
  }

  @Test
  void aChildThatHoldsTheOutputOpenDoesNotHoldUpTheEnd() throws Exception {
    assertThat(
            end(
                "sh -c 'echo $$ > ../pid; exec sleep 1000' &\n"
                    + "until [ -s ../pid ]; do sleep 0.01; done\n"
                    + PASS))
        .isInstanceOf(WorkerEnd.Reported.class);

    assertThat(pidIn("pid")).isNull();
  }

  @Test
  void aStrangersProcessIsLeftAlone() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      assertThat(end("setsid sleep 1000 & \n" + PASS)).isInstanceOf(WorkerEnd.Reported.class);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  private WorkerEnd end(String script) {
    LocalRuntime runtime = agents.runtime(script);
    runtime.ensure(Orders.writing(1));
    return ((JobEnd.Worker) AgentRuntimeContract.awaitEnd(runtime, Orders.writing(1).key())).end();
  }

  /** The live process whose pid an agent wrote down; null if there is none. */
  private @org.jspecify.annotations.Nullable ProcessEntry pidIn(String file) {
    return ProcessTable.entry(
        Long.parseLong(LocalAgents.read(root.resolve("worktrees").resolve(file)).strip()));
  }
}
