package io.hyperloop.sim;

import io.hyperloop.adapter.state.IntakeFile;
import io.hyperloop.adapter.state.ReviewFile;
import io.hyperloop.adapter.state.TaskFile;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The state as the files that a person finds in the repository. */
final class Files {
  private Files() {}

  /** The state as it is read from the files that it is written to. */
  static State through(State state) {
    var tasks = new ArrayList<Task>();
    state.tasks().forEach(task -> tasks.add(through(task)));
    var reviews = new ArrayList<Review>();
    state.tasks().forEach(task -> reviews.addAll(through(state.reviews().of(task.id()))));
    Intake intake = state.intake();
    return new State(TaskTable.of(tasks), Reviews.of(reviews), through(intake));
  }

  static Task through(Task task) {
    return TaskFile.read(TaskFile.name(task.id()), TaskFile.write(task));
  }

  static Intake through(Intake intake) {
    return IntakeFile.read(IntakeFile.NAME, IntakeFile.write(intake));
  }

  /** The reviews of one task, oldest first. */
  static List<Review> through(List<Review> reviews) {
    var names = new HashSet<String>();
    var read = new ArrayList<Review>();
    for (Review review : reviews) {
      String name = ReviewFile.name(review, names::contains);
      names.add(name);
      read.add(ReviewFile.read(name, ReviewFile.write(name, review)));
    }
    return read;
  }
}
