package io.hyperloop.bench;

import io.hyperloop.adapter.git.BaseBranch;
import io.hyperloop.adapter.git.CleanRoom;
import io.hyperloop.adapter.git.GitStateStore;
import io.hyperloop.adapter.git.Repository;
import io.hyperloop.adapter.git.StatePlace;
import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.testing.TestRepository;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A repository whose state holds very many tasks, most of them done, some waiting for a person. */
final class ManyTasks {
  static final int TASKS = 5_000;
  private static final int SPECS = 50;

  private ManyTasks() {}

  /** Writes the state into a repository that {@code init} has made ready, specs included. */
  static State into(TestRepository repository) {
    return into(repository, TASKS, commit -> n -> task(n, commit));
  }

  /** So many tasks; the last few are the implementer's, whose agents are gone, the rest done. */
  static State atWork(TestRepository repository, int tasks, int atWork) {
    return into(
        repository,
        tasks,
        commit ->
            n -> {
              Task task = task(n, commit, List.of());
              return n > tasks - atWork
                  ? task.edit().status(TaskStatus.IN_PROGRESS).phase("implementer").done()
                  : task.edit().status(TaskStatus.COMPLETE).head(commit).merged(commit).done();
            });
  }

  private static State into(
      TestRepository repository, int count, Function<String, IntFunction<Task>> making) {
    for (int i = 0; i < SPECS; i++) {
      repository.write(spec(i), "# Spec " + i + "\n\nDo thing " + i + ".\n");
    }
    String commit = repository.commit("Specs");
    SortedMap<String, Handled> handled = new TreeMap<>();
    for (int i = 0; i < SPECS; i++) {
      String blob = repository.git("rev-parse", "HEAD:" + spec(i));
      handled.put(spec(i), new Handled(blob, commit, Handled.Outcome.TASKS, ""));
    }
    List<Task> tasks = IntStream.rangeClosed(1, count).mapToObj(making.apply(commit)).toList();
    var intake =
        new Intake(
            count + 1,
            1,
            handled,
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            null,
            0,
            null,
            null);
    var state = new State(TaskTable.of(tasks), Reviews.EMPTY, intake);
    GitStateStore store = store(repository);
    store.load();
    store.save(state, "Many tasks");
    return state;
  }

  static GitStateStore store(TestRepository repository) {
    Repository around = repository.repository();
    CleanRoom room = CleanRoom.of(around, repository.top().resolveSibling("room"));
    return new GitStateStore(
        around,
        new BaseBranch(around, "main", () -> room),
        new StatePlace.Trunk(),
        false,
        InstantSource.system());
  }

  private static String spec(int i) {
    return "specs/spec-" + i + ".md";
  }

  private static Task task(int n, String commit) {
    List<TaskId> deps = n > 10 ? List.of(new TaskId(n - 7), new TaskId(n / 2)) : List.of();
    Task task = task(n, commit, deps);
    if (n > TASKS - 5) {
      return task.edit().status(TaskStatus.IN_PROGRESS).phase("approval").head(commit).done();
    }
    if (n > TASKS - 200) {
      return task;
    }
    return task.edit().status(TaskStatus.COMPLETE).head(commit).merged(commit).done();
  }

  private static Task task(int n, String commit, List<TaskId> deps) {
    return Task.create(
        new TaskId(n),
        "Make part " + n + " of the thing",
        new SpecRef(spec(n % SPECS), commit),
        deps,
        "Part " + n + ", as the spec says, with its tests and what else belongs to it.\n");
  }
}
