package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The contract with real processes; an orchestrator that is killed is a real one, too. */
class LocalRuntimeTest extends AgentRuntimeContract {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  @TempDir Path root;
  private LocalAgents agents;
  private LocalRuntime runtime;

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
    runtime = agents.runtime(LocalAgents.OBEDIENT);
  }

  @AfterEach
  void end() {
    runtime.endAll("the test is over");
  }

  @Override
  protected AgentRuntime runtime() {
    return runtime;
  }

  @Override
  protected void finish(JobKey key, Report report) {
    agents.report(key, json(report));
  }

  @Override
  protected void answer(JobKey key, PmReport report) {
    ObjectNode answer = JSON.valueToTree(report);
    answer.withArray("satisfied").forEach(note -> rename((ObjectNode) note, "evidence"));
    agents.report(key, answer.toString());
  }

  @Override
  protected int started() {
    return agents.started();
  }

  @Override
  protected AgentRuntime afterKillDuring(WorkOrder order) {
    DoomedOrchestrator.liveAndDie(agents, LocalAgents.OBEDIENT, "");
    return runtime;
  }

  @Override
  protected AgentRuntime afterKillAtEndOf(WorkOrder order, Report report) {
    DoomedOrchestrator.liveAndDie(agents, LocalAgents.OBEDIENT, json(report));
    return runtime;
  }

  @Test
  void whatStartsAfterAllWereEndedEndsAtOnce() {
    runtime.endAll("stopping");
    WorkOrder order = Orders.writing(1);
    runtime.ensure(order);
    JobEnd end = awaitEnd(runtime, order.key());
    assertThat(((JobEnd.Worker) end).end())
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> assertThat(silent.kind()).isEqualTo(Breakage.ENDED_BY_US));
    assertThat(agents.started()).isZero();
  }

  @Test
  void withoutRoomAnAgentEndsBeforeAnythingIsPrepared() {
    agents.noRoom = "2 GiB in worktrees";
    WorkOrder order = Orders.writing(1);
    runtime.ensure(order);
    assertThat(((JobEnd.Worker) awaitEnd(runtime, order.key())).end())
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            silent -> {
              assertThat(silent.kind()).isEqualTo(Breakage.NO_ROOM);
              assertThat(silent.detail()).isEqualTo("2 GiB in worktrees");
            });
    assertThat(agents.started()).isZero();
    assertThat(agents.root.resolve("state")).doesNotExist();
  }

  @Test
  void thePmAlsoWaitsForRoom() {
    agents.noRoom = "full";
    WorkOrder order = Orders.planning(1);
    runtime.ensure(order);
    assertThat(((JobEnd.Pm) awaitEnd(runtime, order.key())).end())
        .isEqualTo(new PmEnd.Silent(Breakage.NO_ROOM, "full"));
  }

  @Test
  void whatIsAtWorkGoesOnWithoutRoomAndTheNextStartsOnceThereIsSome() {
    WorkOrder first = Orders.writing(1);
    runtime.ensure(first);
    agents.noRoom = "full";
    WorkOrder second = Orders.writing(2);
    runtime.ensure(second);
    JobEnd refused = awaitEnd(runtime, second.key());
    assertThat(runtime.observe().running()).containsExactly(first.key());
    assertThat(refused).isInstanceOf(JobEnd.Worker.class);

    agents.noRoom = null;
    runtime.release(second.key());
    runtime.ensure(second);
    finish(second.key(), new Report(Report.Verdict.PASS, "done", false));
    assertThat(((JobEnd.Worker) awaitEnd(runtime, second.key())).end())
        .isInstanceOf(WorkerEnd.Reported.class);
  }

  @Test
  void sweepingLeavesAloneWhateverThereIsAFolderOf() throws IOException {
    Path runs = Files.createDirectories(agents.root.resolve("state").resolve("runs"));
    Path unused = Files.createDirectory(runs.resolve("not one of ours"));
    List<String> report = runtime.recover();
    assertThat(report).singleElement().asString().contains("not one of ours");
    assertThat(agents.workplace.sweptBut()).contains("not one of ours");
  }

  private static void rename(ObjectNode note, String word) {
    note.set(word, note.remove("text"));
  }

  private static String json(Report report) {
    ObjectNode json = JSON.createObjectNode();
    json.put("verdict", report.verdict().name().toLowerCase(Locale.ROOT));
    json.put("detail", report.detail());
    json.put("no_change", report.noChange());
    return json.toString();
  }
}
