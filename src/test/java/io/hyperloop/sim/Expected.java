package io.hyperloop.sim;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.WorkerEnd;
import java.util.Set;

/** Which results count, found out once more and in another way than the domain does. */
final class Expected {
  private static final Set<Breakage> NOT_COUNTED =
      Set.of(
          Breakage.ENDED_BY_US,
          Breakage.FOUND_AT_START,
          Breakage.QUOTA,
          Breakage.THROTTLED,
          Breakage.OVERLOADED,
          Breakage.NO_ROOM,
          Breakage.SUSPENDED,
          Breakage.CREDENTIALS);

  private Expected() {}

  /** Whether the task waits for exactly that result, and the pipeline is as it was. */
  static boolean is(State before, Sight sight, JobEnd.Worker end) {
    JobKey.TaskStep key = end.key();
    Task task = before.tasks().find(key.task()).orElse(null);
    if (task == null
        || task.status() != TaskStatus.IN_PROGRESS
        || !key.phase().equals(task.phase())
        || key.round() != task.round()
        || task.is(Reason.Kind.QUESTION)) {
      return false;
    }
    Pipeline pipeline = sight.process().pipeline();
    Pipeline.Step step = pipeline.at(key.phase()).orElse(null);
    return step != null
        && step.kind() == Pipeline.Kind.AGENT
        && pipeline.fingerprint().equals(before.intake().pipeline())
        && sight.ended().stream().filter(e -> e.key().equals(key)).count() == 1
        && key.attempt() == task.attempts() + task.setupAttempts() + answers(before, task, step);
  }

  /**
   * Whether that end brought something new onto its task's branch, and was taken: because it was
   * waited for, or by what became of it, as where the pipeline has changed meanwhile.
   */
  static boolean anew(State before, Sight sight, State next, JobEnd.Worker end) {
    TaskId id = end.key().task();
    Task old = before.tasks().find(id).orElse(null);
    return end.end().delivery() instanceof Delivery.Taken taken
        && taken.anew()
        && (is(before, sight, end)
            || next.tasks()
                .find(id)
                .filter(t -> taken.head().equals(t.head()))
                .filter(t -> t.repeats() == 0 || old == null || !taken.head().equals(old.head()))
                .isPresent());
  }

  /** Questions of that step's agent in the present round that people answered. */
  private static int answers(State state, Task task, Pipeline.Step step) {
    int answers = 0;
    boolean asked = false;
    for (Review review : state.reviews().of(task.id())) {
      if (review.round() != task.round()) {
        continue;
      }
      if (review.verdict().equals(Review.QUESTION)) {
        asked = review.role().equals(step.name());
      } else if (review.verdict().equals(Review.ANSWER) && asked) {
        answers++;
      }
    }
    return answers;
  }

  /** Whether that result ends the job for good, so that the same key never comes again. */
  static boolean counts(State before, Sight sight, JobEnd.Worker end) {
    return is(before, sight, end)
        && !(end.end() instanceof WorkerEnd.Silent silent && isUncounted(silent.kind()));
  }

  static boolean isUncounted(Breakage kind) {
    return NOT_COUNTED.contains(kind);
  }

  /** Whether an agent's own verdict stands. */
  static boolean judged(WorkerEnd end) {
    return end instanceof WorkerEnd.Reported
        && (end.delivery() instanceof Delivery.ReadOnly
            || end.delivery() instanceof Delivery.Taken);
  }
}
