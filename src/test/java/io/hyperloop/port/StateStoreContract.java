package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.StateStore.Saved;
import io.hyperloop.port.StateStore.Synced;
import io.hyperloop.testing.Arbitrary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every state store does. */
public abstract class StateStoreContract {

  /** A store as a new process has it, over what earlier ones saved. */
  protected abstract StateStore store();

  private static String durable(Saved saved) {
    assertThat(saved).isInstanceOf(Saved.Durable.class);
    return ((Saved.Durable) saved).tip();
  }

  private static Intake withNextTask(Intake intake, int nextTask) {
    return new Intake(
        nextTask,
        intake.generation(),
        intake.handled(),
        intake.failures(),
        intake.replans(),
        intake.answers(),
        intake.plan(),
        intake.pmFailures(),
        intake.notBefore(),
        intake.pipeline());
  }

  private static Review review(TaskId task, int round, int sequence, String role) {
    return new Review(task, round, sequence, role, "fail", role + " said so");
  }

  /** A state that could follow: some tasks changed, some new, some reviews more. */
  private static State after(State state, Arbitrary arbitrary) {
    var changed = new ArrayList<Task>();
    state.tasks().forEach(t -> addSome(changed, arbitrary, t.id()));
    int next = state.intake().nextTask();
    for (int i = arbitrary.below(3); i > 0; i--) {
      changed.add(arbitrary.task(new TaskId(next++)));
    }
    TaskTable tasks = state.tasks().with(changed);
    var reviews = new ArrayList<Review>();
    for (Task task : tasks) {
      if (arbitrary.below(4) == 0) {
        int sequence = state.reviews().of(task.id()).size() + 1;
        reviews.add(
            new Review(
                task.id(),
                task.round(),
                sequence,
                "r" + arbitrary.text(),
                "fail",
                arbitrary.text()));
      }
    }
    Intake intake = arbitrary.below(2) == 0 ? state.intake() : arbitrary.intake();
    return new State(tasks, state.reviews().with(reviews), withNextTask(intake, next));
  }

  private static void addSome(List<Task> changed, Arbitrary arbitrary, TaskId id) {
    if (arbitrary.below(3) == 0) {
      changed.add(arbitrary.task(id));
    }
  }

  @Test
  void withoutAnyStateItIsEmpty() {
    assertThat(store().load()).isEqualTo(State.EMPTY);
  }

  @Test
  void whatIsSavedIsWhatTheNextProcessLoads() {
    var arbitrary = new Arbitrary(42);
    StateStore store = store();
    State state = store.load();
    for (int i = 0; i < 5; i++) {
      state = after(state, arbitrary);
      durable(store.save(state, "save " + i));
      assertThat(store().load()).as("save " + i).isEqualTo(state);
    }
  }

  @Test
  void aSaveWithoutAChangeLeavesTheTipWhereItIs() {
    StateStore store = store();
    String first = durable(store.save(State.EMPTY, "nothing"));
    assertThat(durable(store.save(State.EMPTY, "nothing"))).isEqualTo(first);
    var tasks = TaskTable.of(List.of(new Arbitrary(1).task(new TaskId(1))));
    State state = new State(tasks, Reviews.EMPTY, withNextTask(Intake.EMPTY, 2));
    String second = durable(store.save(state, "something"));
    assertThat(second).isNotEqualTo(first);
    assertThat(durable(store.save(state, "nothing"))).isEqualTo(second);
    State equal = new State(state.tasks(), state.reviews().with(List.of()), state.intake());
    assertThat(durable(store.save(equal, "nothing"))).isEqualTo(second);
    StateStore next = store();
    assertThat(durable(next.save(next.load(), "nothing"))).isEqualTo(second);
  }

  @Test
  void reviewsOfARoundKeepTheirOrderWhoeverWroteThem() {
    var id = new TaskId(1);
    var tasks = TaskTable.of(List.of(new Arbitrary(1).task(id)));
    List<Review> written =
        List.of(
            review(id, 9, 1, "verifier"),
            review(id, 9, 2, "human"),
            review(id, 9, 3, "ci"),
            review(id, 9, 4, "human"),
            review(id, 10, 1, "verifier"),
            review(id, 11, 1, "a"));
    StateStore store = store();
    Reviews reviews = Reviews.EMPTY;
    for (Review review : written) {
      reviews = reviews.with(List.of(review));
      durable(store.save(new State(tasks, reviews, withNextTask(Intake.EMPTY, 2)), "review"));
    }
    assertThat(store().load().reviews().of(id)).isEqualTo(written);
  }

  @Test
  void withoutARemoteASyncStaysLocal() {
    assertThat(store().sync()).isEqualTo(new Synced.Local());
  }
}
