package io.hyperloop.domain;

/** All that hyperloop remembers. Kept as files by a {@code StateStore}; see docs/state.md. */
public record State(TaskTable tasks, Reviews reviews, Intake intake) {
  public static final State EMPTY = new State(TaskTable.EMPTY, Reviews.EMPTY, Intake.EMPTY);

  /**
   * The task of that id.
   *
   * @throws IllegalStateException if there is none: the caller holds an id the state never gave
   */
  public Task task(TaskId id) {
    return tasks.find(id).orElseThrow(() -> new IllegalStateException(id + " is not in the state"));
  }
}
