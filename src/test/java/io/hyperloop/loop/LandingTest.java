package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.FakeTrunk;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LandingTest {
  private static final TaskId ID = new TaskId(1);

  @Test
  void workThatLandedBeforeItsTaskWasCompleteIsFound() {
    var trunk = new FakeTrunk();
    String head = trunk.work(Task.branchOf(ID), "a.txt", "work");
    trunk.mergedByHand(ID, head);
    var jobs = new Jobs();
    var guard = new Guard(jobs, warning -> {}, () -> {});
    var landing = new Landing(trunk, new Lanes(Runnable::run, () -> {}), jobs, guard);

    landing.look(State.EMPTY, trunk.tip());
    landing.look(complete(head), trunk.tip());

    var nothing = new AgentRuntime.Observed(Set.of(), List.of());
    assertThat(jobs.look(() -> nothing).landed()).containsExactly(head);
  }

  private static State complete(String head) {
    Task task =
        Task.create(ID, "Do it", new SpecRef("specs/a.md", "1".repeat(40)), List.of(), "")
            .edit()
            .status(TaskStatus.COMPLETE)
            .head(head)
            .done();
    return new State(TaskTable.of(List.of(task)), Reviews.EMPTY, Intake.EMPTY);
  }
}
