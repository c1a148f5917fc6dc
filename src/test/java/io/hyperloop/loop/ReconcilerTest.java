package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.StateStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private static final TaskId FIRST = new TaskId(1);
  private final LoopWorld world = new LoopWorld();

  @Test
  void aSpecThatIsReadWhileTheLastTaskEndsIsNotForgotten() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.onEvent =
        event -> {
          if (event instanceof Event.StepEntered step && step.phase().equals("merge-pr")) {
            String ignored = world.specs.write("specs/a.md", "# A, edited");
            world.onEvent = other -> {};
          }
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.specs.at(world.specs.tip(), world.disk.state().intake().handled()).values())
        .allMatch(spec -> world.disk.state().intake().covers(spec));
  }

  @Test
  void aSpecBecomesMergedWork() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.trunk.merges()).hasSize(1);
    assertThat(world.disk.state().task(FIRST).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.agents.observe().running()).isEmpty();
    assertThat(world.agents.observe().ended()).isEmpty();
  }

  @Test
  void findingsReachTheNextRound() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.agent =
        order ->
            order.key() instanceof JobKey.TaskStep step && step.round() == 0 && !order.writes()
                ? world.worker(order, step, Report.Verdict.FAIL)
                : order.key() instanceof JobKey.TaskStep step
                    ? world.worker(order, step, Report.Verdict.PASS)
                    : new JobEnd.Pm(
                        (JobKey.Planning) order.key(),
                        new PmEnd.Answered(LoopWorld.plan(world.specs)));
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.prompts.get(3)).contains("Round 0, verifier: fail").contains("said");
  }

  @Test
  void nothingIsDoneWhileSavingIsHeldUp() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.store.hold("a merge is under way");
    world.onEvent =
        event -> {
          if (event instanceof Event.Warned) {
            assertThat(world.agents.started()).isEmpty();
            world.store.hold(null);
          }
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.events).contains(new Event.Warned("saving waits: a merge is under way"));
  }

  @Test
  void aFailingStoreEndsTheRun() {
    world.specs.write("specs/a.md", "# A");
    world.store.fail(new PortFailure(Problem.environment("disk full", "", "")));
    assertThatThrownBy(world::run)
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("disk full");
    assertThat(world.agents.started()).isEmpty();
  }

  @Test
  void theLastGoodTemplatesStayInForce() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.onEvent =
        event -> {
          if (event instanceof Event.TaskCreated) {
            world.templateFailure = new PortFailure(Problem.user("broken overlay", "", ""));
            world.specs.touch();
          }
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.events).contains(new Event.Warned("broken overlay"));
  }

  @Test
  void aStopEndsTheWorkersAndKeepsTheTaskGoingNextTime() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    var usual = world.agent;
    Reconciler reconciler = world.reconciler(false, 1000);
    world.agent =
        order -> {
          if (order.key() instanceof JobKey.TaskStep) {
            reconciler.stop();
            return null;
          }
          return usual.apply(order);
        };
    assertThat(reconciler.run()).isEqualTo(new Ending.Stopped());
    assertThat(world.agents.observe().running()).isEmpty();
    assertThat(world.disk.state().task(FIRST).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    assertThat(world.disk.state().task(FIRST).attempts()).isZero();
    world.agent = usual;
    assertThat(world.run()).isEqualTo(new Ending.Converged());
  }

  @Test
  void anApprovalInTheInboxOpensTheGateAndIsTakenOut() throws InterruptedException {
    world.gated = true;
    world.specs.write("specs/a.md", "# A");
    world.onEvent =
        event -> {
          if (event instanceof Event.HumanNeeded) {
            String head = world.disk.state().task(FIRST).head();
            var unused = world.inbox.put(id -> new Request.Approve(id, FIRST, "approval", head));
          }
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.inbox.pending()).isEmpty();
  }

  @Test
  void aPmThatFailsTooOftenHaltsTheRun() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    var asked = new AtomicInteger();
    world.agent = order -> failing(order.key(), asked);
    assertThat(world.run()).isInstanceOf(Ending.NeedsHuman.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void watchDoesNotAskAFailingPmAgainBecauseItsOwnCommitsMoveTheTip() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    var asked = new AtomicInteger();
    world.agent = order -> failing(order.key(), asked);
    world.onEvent = event -> world.specs.touch();
    Ending ending = world.reconciler(true, 60).run();
    assertThat(ending).isInstanceOf(Ending.NeedsHuman.class);
    assertThat(asked).hasValue(2);
  }

  @Test
  void newerStateOfSomebodyElseEndsTheRun() {
    world.specs.write("specs/a.md", "# A");
    world.store.syncAs(new StateStore.Synced.Conflict("another clone"));
    assertThatThrownBy(world::run).hasMessageContaining("another clone");
  }

  @Test
  void whatAnOrchestratorThatIsGoneLeftIsTakenUp() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    world.specs.write("specs/a.md", "# A, changed");
    assertThat(world.reconciler(false, 1000).run()).isEqualTo(new Ending.Converged());
    assertThat(world.trunk.merges()).hasSize(2);
  }

  private static JobEnd failing(JobKey key, AtomicInteger asked) {
    asked.incrementAndGet();
    return new JobEnd.Pm((JobKey.Planning) key, new PmEnd.Silent(Breakage.CRASHED, "exit code 1"));
  }

  @Test
  void aBoundOnCyclesEndsTheRun() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    assertThat(world.reconciler(true, 1).run())
        .isEqualTo(new Ending.NeedsHuman(List.of("max_cycles (1) reached")));
  }

  @Test
  void templatesThatTheEnvironmentKeptFromBuildingAreTriedAgain() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    world.onEvent =
        event -> {
          switch (event) {
            case Event.TaskCreated _ -> {
              world.templateFailure = new PortFailure(Problem.environment("no kustomize", "", ""));
              world.specs.touch();
            }
            case Event.Warned _ -> world.templateFailure = null;
            default -> {}
          }
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(world.built).isTrue();
  }

  @Test
  void aRunThatCouldNotBeLetGoIsLetGoBeforeItsKeyIsUsedAgain() throws InterruptedException {
    world.specs.write("specs/a.md", "# A");
    var usual = world.agent;
    var tries = new AtomicInteger();
    world.agent =
        order -> {
          if (order.writes() && tries.getAndIncrement() == 0) {
            world.agents.failNextRelease(new PortFailure(Problem.environment("busy", "", "")));
            return new JobEnd.Worker(
                (JobKey.TaskStep) order.key(),
                new WorkerEnd.Silent(Breakage.QUOTA, "spent", new Delivery.ReadOnly()));
          }
          return usual.apply(order);
        };
    assertThat(world.run()).isEqualTo(new Ending.Converged());
    assertThat(tries).hasValue(2);
  }
}
