package io.hyperloop.sim;

import io.hyperloop.domain.Decision;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import java.util.List;
import java.util.Locale;

/** Judges whether tasks that go round in circles are seen to, and only those. */
final class Rounds {
  private final Simulation sim;
  private final State before;
  private final Sight sight;
  private final Decision decision;

  Rounds(Simulation sim, State before, Sight sight, Decision decision) {
    this.sim = sim;
    this.before = before;
    this.sight = sight;
    this.decision = decision;
  }

  void judge() {
    for (Task task : before.tasks().changedIn(decision.next().tasks())) {
      Task old = before.tasks().find(task.id()).orElse(task);
      int ended = old.round();
      if (task.round() == ended) {
        continue;
      }
      boolean circles = alike(task, ended) || sameContent(task, ended);
      boolean said = task.is(Reason.Kind.NEEDS_HUMAN) && task.status() == TaskStatus.FAILED;
      if (task.status() == TaskStatus.IN_PROGRESS && circles) {
        throw new Violation(Invariant.CIRCLES_END, "a round more: " + task);
      }
      if (said && !circles) {
        throw new Violation(Invariant.CIRCLES_ARE_CIRCLES, task.toString());
      }
      if (said) {
        sim.trace.count("circles " + (sameContent(task, ended) ? "by content" : "by findings"));
      }
    }
  }

  private List<Review> reviews(Task task, int from, int to) {
    return decision.next().reviews().of(task.id()).stream()
        .filter(r -> r.round() >= from && r.round() <= to)
        .toList();
  }

  private boolean unhelped(Task task, int last) {
    return last >= 2
        && reviews(task, last - 2, last).stream().noneMatch(r -> r.role().equals(Review.HUMAN));
  }

  private boolean alike(Task task, int last) {
    return unhelped(task, last)
        && findings(task, last).equals(findings(task, last - 1))
        && findings(task, last).equals(findings(task, last - 2));
  }

  private List<String> findings(Task task, int round) {
    return reviews(task, round, round).stream()
        .filter(r -> r.verdict().equals(Review.FAIL))
        .map(r -> r.role() + r.body().replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** Whether nothing new came of the last two rounds. */
  private boolean sameContent(Task task, int last) {
    int anew = sim.witness.lastAnew(task.id());
    for (JobEnd end : sight.ended()) {
      if (end instanceof JobEnd.Worker worker
          && worker.key().task().equals(task.id())
          && Expected.anew(before, sight, decision.next(), worker)) {
        anew = worker.key().round();
      }
    }
    return unhelped(task, last) && anew <= last - 2;
  }
}
