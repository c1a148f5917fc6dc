package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Intake;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.FakeTrunk;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LandingTest {
  private static final TaskId ID = new TaskId(1);

  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final FakeTrunk trunk = new FakeTrunk();
  private final Jobs jobs = new Jobs();
  private final List<String> warnings = new ArrayList<>();
  private boolean fails;

  private Landing landing() {
    var guard = new Guard(jobs, warnings::add, () -> {});
    Duration again = Duration.ofSeconds(30);
    return new Landing(failing(), new Lanes(Runnable::run, () -> {}), jobs, guard, again);
  }

  private Set<String> landed() {
    return jobs.look(() -> new AgentRuntime.Observed(Set.of(), List.of())).landed();
  }

  @Test
  void workThatLandedBeforeItsTaskWasCompleteIsFound() {
    String head = trunk.work(Task.branchOf(ID), "a.txt", "work");
    trunk.mergedByHand(ID, head);
    Landing landing = landing();

    landing.look(State.EMPTY, trunk.tip(), NOW);
    landing.look(complete(head), trunk.tip(), NOW);

    assertThat(landed()).containsExactly(head);
  }

  @Test
  void whatCouldNotBeToldIsAskedAgainAfterAWhile() {
    String head = trunk.work(Task.branchOf(ID), "a.txt", "work");
    trunk.mergedByHand(ID, head);
    Landing landing = landing();
    fails = true;
    landing.look(complete(head), trunk.tip(), NOW);
    landing.look(complete(head), trunk.tip(), NOW.plusSeconds(29));
    assertThat(warnings).as("asked once, and not at every turn").hasSize(1);

    fails = false;
    landing.look(complete(head), trunk.tip(), NOW.plusSeconds(30));

    assertThat(landed()).containsExactly(head);
  }

  private Trunk failing() {
    return new Trunk() {
      @Override
      public MergeEnd merge(MergeOrder order) {
        return trunk.merge(order);
      }

      @Override
      public boolean contains(TaskId task, String head) {
        if (fails) {
          throw new PortFailure(Problem.environment("git failed", "", ""));
        }
        return trunk.contains(task, head);
      }

      @Override
      public void cleanUp(List<MergeOrder> merged) {
        trunk.cleanUp(merged);
      }
    };
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
