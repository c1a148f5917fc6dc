package io.hyperloop.domain;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Tasks and what belongs to them, in short. */
final class Tasks {
  private Tasks() {}

  static Task open(int number, Spec spec, int... deps) {
    var version = new SpecRef(spec.path(), Objects.requireNonNull(spec.commit()));
    List<TaskId> ids = IntStream.of(deps).mapToObj(TaskId::new).toList();
    return Task.create(new TaskId(number), "Task " + number, version, ids, "as the spec says");
  }

  static Task at(String phase, Task task) {
    return task.edit().status(TaskStatus.IN_PROGRESS).phase(phase).done();
  }

  static Task complete(Task task) {
    return task.edit().status(TaskStatus.COMPLETE).head(World.ROOT).merged(World.ROOT).done();
  }

  static Task failed(Task task) {
    return task.edit().status(TaskStatus.FAILED).reason(Reason.Kind.FAILED, "no way").done();
  }

  static Task parked(Task task) {
    return task.edit()
        .status(TaskStatus.FAILED)
        .reason(Reason.Kind.NEEDS_HUMAN, "set it up")
        .done();
  }

  static Handled handled(Spec spec) {
    return new Handled(
        spec.blob(), Objects.requireNonNull(spec.commit()), Handled.Outcome.TASKS, "");
  }
}
