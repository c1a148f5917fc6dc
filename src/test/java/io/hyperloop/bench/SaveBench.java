package io.hyperloop.bench;

import io.hyperloop.adapter.git.GitStateStore;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.testing.TestRepository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs to record six changed tasks of 5,000, with the base branch checked out. */
@Tag("bench")
class SaveBench {
  private static final int SAVES = 60;
  private static final int WARM_UP = 20;

  @TempDir Path temp;

  @Test
  void recordSixOfFiveThousand() {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    ManyTasks.into(repository);
    GitStateStore store = ManyTasks.store(repository);
    long before = System.nanoTime();
    State state = store.load();
    long loading = System.nanoTime() - before;
    var nanos = new ArrayList<Long>();
    for (int i = 0; i < SAVES + WARM_UP; i++) {
      List<Task> changed = new ArrayList<>();
      for (int k = 0; k < 6; k++) {
        Task task = state.task(new TaskId(1 + (i * 6 + k) % 4_000));
        changed.add(task.edit().summary("save " + i).done());
      }
      state = new State(state.tasks().with(changed), state.reviews(), state.intake());
      long start = System.nanoTime();
      store.save(state, "six");
      if (i >= WARM_UP) {
        nanos.add(System.nanoTime() - start);
      }
    }
    Figures.row("load 5,000 tasks", "", Figures.milliseconds(loading));
    Figures.row(
        "record 6 of 5,000 tasks, checkout followed",
        "< 50 ms",
        Figures.milliseconds(nanos.stream().mapToLong(Long::longValue).toArray()));
  }
}
