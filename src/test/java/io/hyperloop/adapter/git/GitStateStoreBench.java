package io.hyperloop.adapter.git;

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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading 5,000 tasks, and saving six changed ones of them. */
@Tag("bench")
class GitStateStoreBench {
  private static final int TASKS = 5000;
  private static final SpecRef SPEC = new SpecRef("specs/persistence.md", "0123456789".repeat(4));

  @TempDir private Path directory;

  private static State many() {
    var tasks = new ArrayList<Task>();
    for (int i = 1; i <= TASKS; i++) {
      List<TaskId> deps = i == 1 ? List.of() : List.of(new TaskId(i - 1));
      String text = "Persist places in the database.\n\n" + "What is to be done, told. ".repeat(20);
      tasks.add(Task.create(new TaskId(i), "Persist places, part " + i, SPEC, deps, text));
    }
    var e = Intake.EMPTY;
    var intake =
        new Intake(
            TASKS + 1, 1, e.handled(), List.of(), e.replans(), e.answers(), null, 0, null, null);
    return new State(TaskTable.of(tasks), Reviews.EMPTY, intake);
  }

  private static State next(State state, int round) {
    var changed = new ArrayList<Task>();
    for (int i = 0; i < 6; i++) {
      Task task = state.task(new TaskId(1 + (round * 37 + i * 811) % TASKS));
      changed.add(
          task.edit()
              .status(TaskStatus.IN_PROGRESS)
              .phase("implementer")
              .round(round)
              .since(Instant.now())
              .done());
    }
    return new State(state.tasks().with(changed), state.reviews(), state.intake());
  }

  @Test
  void onTheTrunkThatIsCheckedOut() {
    measure("trunk, checked out", new StatePlace.Trunk());
  }

  @Test
  void onABranchOfItsOwn() {
    measure("state branch", new StatePlace.Branch("hyperloop/state"));
  }

  private void measure(String name, StatePlace place) {
    TestRepository repository = TestRepository.create(directory.resolve("r"));
    GitStateStore writer = store(repository, place);
    print(name, "first save of all, ms", time(() -> saved(writer, many())));
    repository.git("gc", "-q");
    GitStateStore store = store(repository, place);
    print(name, "load " + TASKS + ", ms", time(store::load), time(store::load), time(store::load));
    State state = store.load();
    long[] saves = new long[60];
    for (int round = 0; round < saves.length; round++) {
      State next = next(state, round + 1);
      saves[round] = time(() -> saved(store, next));
      state = next;
    }
    print(name, "first save of six, ms", saves[0]);
    Arrays.sort(saves);
    print(
        name,
        "save of six, ms: least, median, 90 %, most",
        saves[0],
        saves[30],
        saves[54],
        saves[59]);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    print(name, "heap in use, MB", (runtime.totalMemory() - runtime.freeMemory()) / 100_000);
  }

  private static GitStateStore store(TestRepository repository, StatePlace place) {
    return new GitStateStore(
        repository.repository(),
        Bases.of(repository.repository(), "main"),
        place,
        false,
        InstantSource.system());
  }

  private static void saved(GitStateStore store, State state) {
    if (!(store.save(state, "Start six workers") instanceof Saved.Durable)) {
      throw new AssertionError("not saved");
    }
  }

  /** In tenths of a millisecond. */
  private static long time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 100_000;
  }

  private static void print(String name, String what, long... tenths) {
    var text = new StringBuilder();
    for (long value : tenths) {
      text.append(value / 10).append('.').append(value % 10).append("  ");
    }
    System.out.println(name + ": " + what + ": " + text);
  }
}
