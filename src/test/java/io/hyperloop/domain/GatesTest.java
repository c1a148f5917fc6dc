package io.hyperloop.domain;

import static io.hyperloop.domain.Pipelines.agent;
import static io.hyperloop.domain.Pipelines.gate;
import static io.hyperloop.domain.Pipelines.loop;
import static io.hyperloop.domain.Pipelines.merge;
import static io.hyperloop.domain.Reports.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Gates that people clear. */
class GatesTest {
  private static World atGate() {
    return World.with("a")
        .pipeline(loop(agent("implementer"), agent("verifier")), gate("look"), merge())
        .cycle()
        .plan(task("x", "a"))
        .pass(1)
        .pass(1);
  }

  @Test
  void aTaskWaitsAtAGateAndSaysForWhom() {
    World world = atGate();
    assertThat(world.task(1).phase()).isEqualTo("look");
    assertThat(world.standing())
        .isInstanceOfSatisfying(
            Standing.Waiting.class,
            waiting ->
                assertThat(waiting.forWhat())
                    .containsExactly("task-001: waiting: a person's approval at look"));
    assertThat(world.status("a")).isEqualTo(SpecStatus.RECONCILING);
  }

  @Test
  void peopleAreToldOncePerEntryAlsoAcrossRestarts() {
    World world = atGate().cycle().cycle();
    world.state = Decide.atStart(world.state);
    world.cycle();
    assertThat(world.told(Event.HumanNeeded.class)).hasSize(1);
  }

  @Test
  void anApprovalOfTheHeadThatIsThereClearsTheGate() {
    World world = atGate();
    world.approve(1, "look", world.task(1).head());
    assertThat(world.task(1).phase()).isEqualTo("merge-pr");
    assertThat(world.merges(1)).isTrue();
  }

  @Test
  void anApprovalOfAnotherHeadIsRefused() {
    World world = atGate().approve(1, "look", World.ROOT).approve(1, "look", null);
    assertThat(world.task(1).phase()).isEqualTo("look");
    assertThat(world.told(Event.RequestRefused.class)).hasSize(2);
  }

  @Test
  void anApprovalOfAnotherGateIsRefused() {
    World world = atGate();
    world.approve(1, "verifier", world.task(1).head());
    assertThat(world.task(1).phase()).isEqualTo("look");
    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);
  }

  @Test
  void anApprovalThatCameTooEarlyIsRefused() {
    World world = atGate();
    String head = world.task(1).head();
    world.approve(1, "look", head).mergeEnds(1, RoundsTest.conflict());
    assertThat(world.task(1).phase()).isEqualTo("implementer");
    world.approve(1, "look", head);
    assertThat(world.told(Event.RequestRefused.class)).hasSize(1);
  }

  @Test
  void aNewHeadMustBeClearedAgain() {
    World world = atGate();
    String old = world.task(1).head();
    world.approve(1, "look", old).mergeEnds(1, RoundsTest.conflict()).pass(1).pass(1);
    assertThat(world.task(1).phase()).isEqualTo("look");
    assertThat(world.told(Event.HumanNeeded.class)).as("told again").hasSize(2);
    world.approve(1, "look", old);
    assertThat(world.task(1).phase()).isEqualTo("look");
    world.approve(1, "look", world.task(1).head());
    assertThat(world.task(1).phase()).isEqualTo("merge-pr");
  }

  @Test
  void oneApprovalClearsOneGate() {
    World world =
        World.with("a")
            .pipeline(agent("implementer"), gate("first"), gate("second"), merge())
            .cycle()
            .plan(task("x", "a"))
            .pass(1);
    world.approve(1, "first", world.task(1).head());
    assertThat(world.task(1).phase()).isEqualTo("second");
  }

  @Test
  void anApprovalDoesNotClearTheGateOfAnotherPipeline() {
    World world = atGate();
    world.process = Pipelines.of(gate("other"), agent("implementer"), merge());
    world.approve(1, "look", world.task(1).head());
    world.cycle();
    assertThat(world.task(1).phase()).isEqualTo("other");
  }

  @Test
  void aGateThatBeginsThePipelineIsReachedAndCleared() {
    World world =
        World.with("a")
            .pipeline(gate("go"), agent("implementer"), merge())
            .cycle()
            .plan(task("x", "a"), task("y", "a", "x"));
    assertThat(world.task(1).phase()).isEqualTo("go");
    assertThat(world.task(2).status()).isEqualTo(TaskStatus.NOT_STARTED);
    world.approve(1, "go", null);
    assertThat(world.worker(1).phase()).isEqualTo("implementer");
    world.pass(1).merge(1);
    assertThat(world.task(2).phase()).isEqualTo("go");
    assertThat(world.standing()).isInstanceOf(Standing.Waiting.class);
  }

  @Test
  void aGateAtTheEndCompletesTheTask() {
    World world =
        World.with("a").pipeline(agent("implementer"), gate("look")).cycle().plan(task("x", "a"));
    world
        .pass(1)
        .approve(1, "look", World.head(new JobKey.TaskStep(World.id(1), "implementer", 0, 0)));
    assertThat(world.task(1).status()).isEqualTo(TaskStatus.COMPLETE);
    assertThat(world.last().moves()).isEqualTo(List.of());
  }
}
