package io.hyperloop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** approve, answer, accept: what is checked, and what is asked for. */
class RequestCommandsTest {
  @TempDir Path temp;
  private FakeWorkspace workspace = new FakeWorkspace(Path.of(""));
  private Terminal terminal = new Terminal(workspace);

  @BeforeEach
  void open() {
    workspace = new FakeWorkspace(temp);
    terminal = new Terminal(workspace);
  }

  @Test
  void approvingATaskAtItsGateAsksForExactlyThatHead() {
    workspace.with(at("review"));

    terminal.type("approve", "task-001");

    assertThat(terminal.exit()).as(terminal.err()).isZero();
    assertThat(workspace.asked())
        .containsExactly(
            new Request.Approve("request-0000", new TaskId(1), "review", FakeWorkspace.HEAD));
    assertThat(terminal.out())
        .contains("approved task-001 at review (feedc0d)")
        .contains("no orchestrator is running; the next one takes it: hyperloop run");
  }

  @Test
  void aRunningOrchestratorIsNamed() {
    workspace.with(at("review")).runBy("process 42 on host");

    assertThat(terminal.type("approve", "1", "--gate", "review").out())
        .contains("the running orchestrator (process 42 on host) takes it at once");
  }

  @Test
  void aTaskThatIsNotAtAGateCannotBeApproved() {
    workspace.with(at("verifier"));

    assertThat(terminal.type("approve", "task-001").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("task-001 is not at a gate: it is at verifier");
    assertThat(workspace.asked()).isEmpty();
  }

  @Test
  void aTaskAtAnotherGateCannotBeApproved() {
    workspace.with(at("review"));

    assertThat(terminal.type("approve", "task-001", "--gate", "audit").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("not at the gate audit, but at review");
  }

  @Test
  void aParkedTaskIsRetriedWithAHint() {
    workspace.with(
        at("verifier")
            .edit()
            .status(TaskStatus.FAILED)
            .reason(Reason.Kind.NEEDS_HUMAN, "round and round")
            .done());

    assertThat(terminal.type("retry", "1", "mind", "the gap").out()).contains("retrying task-001");
    assertThat(workspace.asked())
        .containsExactly(new Request.Retry("request-0000", new TaskId(1), "mind the gap"));
    assertThat(terminal.type("retry", "task-001").exit()).isZero();
  }

  @Test
  void onlyAParkedTaskCanBeRetried() {
    workspace.with(at("verifier"));

    assertThat(terminal.type("retry", "task-001").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("task-001 is not parked: it is in-progress");
  }

  @Test
  void anUnknownTaskIsAnsweredWithTheOneMeant() {
    workspace.with(at("review"));

    assertThat(terminal.type("approve", "tsk-001").exit()).isEqualTo(2);
    assertThat(terminal.err())
        .contains("there is no task tsk-001")
        .contains("did you mean \"task-001\"?");
  }

  @Test
  void aTasksQuestionIsAnsweredInAnyNumberOfWords() {
    workspace.with(at("implementer").edit().reason(Reason.Kind.QUESTION, "which database?").done());

    terminal.type("answer", "task-001", "Use", "PostgreSQL.");

    assertThat(terminal.exit()).as(terminal.err()).isZero();
    assertThat(workspace.asked())
        .containsExactly(new Request.AnswerTask("request-0000", new TaskId(1), "Use PostgreSQL."));
  }

  @Test
  void aTaskThatAsksNothingIsNotAnswered() {
    workspace.with(at("implementer"));

    assertThat(terminal.type("answer", "task-001", "yes").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("task-001 asks nothing");
  }

  @Test
  void aSpecsQuestionIsAnswered() {
    workspace.handled(FakeWorkspace.BILLING, Handled.Outcome.QUESTION, "which currency?");

    terminal.type("answer", "specs/billing.md", "Euro");

    assertThat(terminal.exit()).as(terminal.err()).isZero();
    assertThat(workspace.asked())
        .containsExactly(new Request.AnswerSpec("request-0000", "specs/billing.md", "Euro"));
  }

  @Test
  void aSpecThatAsksNothingIsNotAnswered() {
    assertThat(terminal.type("answer", "specs/auth.md", "yes").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("specs/auth.md asks nothing");
  }

  @Test
  void anEmptyAnswerIsNone() {
    assertThat(terminal.type("answer", "task-001", "  ").exit()).isEqualTo(2);
  }

  @Test
  void acceptingNamesTheTextThatIsAccepted() {
    terminal.type("accept", "specs/billing.md");

    assertThat(terminal.exit()).as(terminal.err()).isZero();
    assertThat(workspace.asked())
        .containsExactly(
            new Request.Accept(
                "request-0000",
                new TreeMap<>(Map.of("specs/billing.md", FakeWorkspace.BILLING.blob()))));
  }

  @Test
  void aSpecCanBeNamedAsSeenFromWhereTheUserStands() {
    assertThat(terminal.type("accept", "./specs/../specs/billing.md").exit()).isZero();
    assertThat(workspace.asked()).hasSize(1);
  }

  @Test
  void acceptingAllLeavesOutWhatIsInSyncOrBeingWorkedOn() {
    workspace.with(at("implementer"));

    terminal.type("accept", "--all");

    assertThat(terminal.out()).contains("accepted specs/billing.md").doesNotContain("auth");
  }

  @Test
  void aSpecBeingWorkedOnCannotBeAccepted() {
    workspace.with(at("implementer"));

    assertThat(terminal.type("accept", "specs/auth.md", "specs/billing.md").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("specs/auth.md is being worked on");
    assertThat(workspace.asked()).isEmpty();
  }

  @Test
  void anUnknownSpecIsAnsweredWithTheOneMeant() {
    assertThat(terminal.type("accept", "specs/biling.md").exit()).isEqualTo(2);
    assertThat(terminal.err()).contains("did you mean \"specs/billing.md\"?");
  }

  @Test
  void whatToAcceptMustBeSaidInOneWay() {
    assertThat(terminal.type("accept").exit()).isEqualTo(2);
    assertThat(terminal.type("accept", "--all", "specs/auth.md").exit()).isEqualTo(2);
  }

  private static Task at(String phase) {
    return FakeWorkspace.task(1, "Add login")
        .edit()
        .status(TaskStatus.IN_PROGRESS)
        .phase(phase)
        .head(FakeWorkspace.HEAD)
        .done();
  }
}
