package io.hyperloop.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.StateStore.Saved;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository with a folder for state, and states to keep in it. */
abstract class StateStoreFixture {
  static final String TASK = ".hyperloop/state/tasks/task-001.md";
  static final String SPEC = "specs/a.md@" + "0123456789".repeat(4);

  @TempDir Path directory;
  TestRepository repository;

  @BeforeEach
  void aRepository() {
    repository = TestRepository.create(directory.resolve("r"));
    repository.write(".hyperloop/state/tasks/.gitkeep", "").write("src/a.txt", "a\n");
    repository.commit("content");
  }

  GitStateStore store() {
    return store(new StatePlace.Trunk());
  }

  GitStateStore store(StatePlace place) {
    return new GitStateStore(
        repository.repository(),
        Bases.of(repository.repository(), "main"),
        place,
        false,
        InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")));
  }

  static State tasks(int count) {
    var tasks = new ArrayList<Task>();
    for (int i = 1; i <= count; i++) {
      var id = new TaskId(i);
      tasks.add(Task.create(id, "Title " + i, SpecRef.parse(SPEC), List.of(), "Text " + i));
    }
    Intake intake =
        new Intake(
            count + 1,
            0,
            Intake.EMPTY.handled(),
            List.of(),
            Intake.EMPTY.replans(),
            Intake.EMPTY.answers(),
            null,
            0,
            null,
            null);
    return new State(TaskTable.of(tasks), Reviews.EMPTY, intake);
  }

  static State started(State state, int... numbers) {
    var changed = new ArrayList<Task>();
    for (int number : numbers) {
      Task task = state.task(new TaskId(number));
      changed.add(task.edit().status(TaskStatus.IN_PROGRESS).phase("implementer").done());
    }
    return new State(state.tasks().with(changed), state.reviews(), state.intake());
  }

  static void saved(GitStateStore store, State state, String why) {
    assertThat(store.save(state, why)).isInstanceOf(Saved.Durable.class);
  }
}
