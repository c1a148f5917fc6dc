package io.hyperloop.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.adapter.agent.Player;
import io.hyperloop.adapter.agent.Redaction;
import io.hyperloop.adapter.agent.Sandbox;
import io.hyperloop.adapter.agent.WorkerEnvironment;
import io.hyperloop.adapter.agent.anthropic.AnthropicHarness;
import io.hyperloop.adapter.agent.anthropic.AnthropicSettings;
import io.hyperloop.adapter.git.Git;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.port.Workplace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's agents, one after the other in one directory, as the loop would start them. */
class DemoScriptTest {
  @TempDir Path root;
  private Path repository;
  private ScriptedModel model;
  private LocalRuntime runtime;

  @BeforeEach
  void begin() throws Exception {
    repository = root.resolve("sample");
    DemoRepository.create(repository);
    model = ScriptedModel.start(new DemoScript(), Duration.ZERO);
    var harness =
        new AnthropicHarness(
            Map.of("ANTHROPIC_API_KEY", "scripted", "ANTHROPIC_BASE_URL", model.url()),
            AnthropicSettings.defaults());
    runtime =
        new LocalRuntime(
            new OneDirectory(repository),
            role -> new Player(harness, Deadlines.of(Duration.ofMinutes(1)), Map.of()),
            root.resolve("state"),
            new WorkerEnvironment(System.getenv(), Map.of(), Map.of()),
            Sandbox.NONE,
            Redaction.of(),
            Ledger.NONE,
            InstantSource.system(),
            Optional::empty);
  }

  @AfterEach
  void end() {
    runtime.endAll("the test is over");
    model.close();
  }

  @Test
  void thePmPlansOneTaskPerSpecAndTheFarewellWaitsForTheGreeting() {
    PmReport plan = plan("specs/greeting.md and specs/farewell.md are new");

    assertThat(plan.tasks())
        .extracting(PmReport.Proposal::spec)
        .containsExactly("specs/greeting.md", "specs/farewell.md");
    assertThat(plan.tasks().get(1).deps()).containsExactly(plan.tasks().get(0).key());
    assertThat(plan.questions()).isEmpty();
  }

  @Test
  void theVerifierFindsWhatTheFirstRoundForgotAndPassesTheSecond() {
    assertThat(work("implementer", "specs/greeting.md", 0).verdict()).isEqualTo(Verdict.PASS);

    Report first = work("verifier", "specs/greeting.md", 0);
    assertThat(first.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(first.detail())
        .contains("usage: greet NAME")
        .contains("status 0")
        .contains("Hello, !");

    assertThat(work("implementer", "specs/greeting.md", 1).verdict()).isEqualTo(Verdict.PASS);
    assertThat(work("verifier", "specs/greeting.md", 1).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void theFarewellIsRightAtOnceAndAllWorkIsCommitted() {
    assertThat(work("implementer", "specs/farewell.md", 0).verdict()).isEqualTo(Verdict.PASS);
    assertThat(work("verifier", "specs/farewell.md", 0).verdict()).isEqualTo(Verdict.PASS);

    Git git = Git.in(repository);
    assertThat(git.run("status", "--porcelain")).isEmpty();
    assertThat(git.run("log", "-1", "--format=%B")).contains("Spec-Ref: specs/farewell.md@");
    assertThat(git.run("ls-files")).contains("bin/farewell", "tests/farewell.sh");
  }

  @Test
  void whatTheScriptDoesNotKnowIsAQuestion() {
    assertThat(work("implementer", "specs/other.md", 0).verdict()).isEqualTo(Verdict.QUESTION);

    assertThat(work("implementer", "specs/greeting.md", 1).verdict()).isEqualTo(Verdict.PASS);
    assertThat(plan("specs/greeting.md was edited").questions())
        .singleElement()
        .satisfies(note -> assertThat(note.spec()).isEqualTo("specs/greeting.md"));
  }

  private PmReport plan(String prompt) {
    var order = new WorkOrder(new JobKey.Planning(1), "pm", prompt, false, "0".repeat(40), null);
    runtime.ensure(order);
    JobEnd end = AgentRuntimeContract.awaitEnd(runtime, order.key());
    return ((PmEnd.Answered) ((JobEnd.Pm) end).end()).report();
  }

  private Report work(String role, String spec, int round) {
    var task = new TaskId(1);
    var order =
        new WorkOrder(
            new JobKey.TaskStep(task, role + spec.hashCode(), round, 0),
            role,
            "do it",
            role.equals("implementer"),
            "0".repeat(40),
            new WorkOrder.Work(
                task, "It", round, new SpecRef(spec, "1".repeat(40)), "hyperloop/task-001", null));
    runtime.ensure(order);
    JobEnd end = AgentRuntimeContract.awaitEnd(runtime, order.key());
    return ((WorkerEnd.Reported) ((JobEnd.Worker) end).end()).report();
  }

  /** All work in one place. */
  private record OneDirectory(Path repository) implements Workplace {
    @Override
    public Path prepare(WorkOrder order) {
      return repository;
    }

    @Override
    public Delivery takeOver(WorkOrder order, String detail) {
      return new Delivery.Taken(Git.in(repository).run("rev-parse", "HEAD"), true);
    }

    @Override
    public void remove(WorkOrder order) {
      // It is everybody's.
    }

    @Override
    public List<String> sweep(Set<String> known) {
      return List.of();
    }
  }
}
