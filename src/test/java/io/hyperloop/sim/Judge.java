package io.hyperloop.sim;

import io.hyperloop.domain.Decision;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PullRequestSight;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.loop.Rules;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Judges decisions, each by what was known when it was made. */
final class Judge {
  private final State before;
  private final Sight sight;
  private final Limits limits;
  private final Decision decision;

  Judge(State before, Sight sight, Limits limits, Decision decision) {
    this.before = before;
    this.sight = sight;
    this.limits = limits;
    this.decision = decision;
  }

  void judge(Rules rules, Instant now) {
    stops();
    slots();
    findings();
    passes();
    uncounted();
    again(rules, now);
  }

  private static void holds(boolean so, Invariant invariant, Object detail) {
    if (!so) {
      throw new Violation(invariant, detail.toString());
    }
  }

  private static boolean isWork(Move move) {
    return switch (move) {
      case Move.StartWorker _, Move.AskPm _, Move.Merge _, Move.Publish _, Move.Withdraw _ -> true;
      case Move.EndWorker _, Move.CleanUp _, Move.Release _ -> false;
    };
  }

  private void stops() {
    holds(
        !sight.stopping() || decision.moves().stream().noneMatch(Judge::isWork),
        Invariant.STOPS,
        decision.moves());
  }

  private void slots() {
    long busy = sight.workers().stream().filter(JobKey.TaskStep.class::isInstance).count();
    long starts = decision.moves().stream().filter(Move.StartWorker.class::isInstance).count();
    holds(
        starts == 0 || busy + starts <= limits.maxWorkers(),
        Invariant.MAX_WORKERS,
        busy + " busy, " + starts + " more");
  }

  private void findings() {
    for (JobEnd end : sight.ended()) {
      if (end instanceof JobEnd.Worker worker
          && worker.end() instanceof WorkerEnd.Reported reported
          && reported.report().verdict() != Report.Verdict.PASS
          && Expected.judged(worker.end())
          && Expected.is(before, sight, worker)) {
        String said = reported.report().detail();
        List<Review> reviews = decision.next().reviews().of(worker.key().task());
        holds(reviews.stream().anyMatch(r -> r.body().equals(said)), Invariant.FINDINGS_KEPT, end);
      }
    }
  }

  /** Whoever left a step in the same round had what it takes to pass it. */
  private void passes() {
    Pipeline pipeline = sight.process().pipeline();
    if (!pipeline.fingerprint().equals(before.intake().pipeline())) {
      return;
    }
    for (Task old : before.tasks()) {
      if (old.status() == TaskStatus.IN_PROGRESS) {
        Task task = decision.next().task(old.id());
        boolean left = !Objects.equals(task.phase(), old.phase());
        if (left && task.round() == old.round() && task.status() != TaskStatus.FAILED) {
          Pipeline.Step step = pipeline.at(old.phase()).orElseThrow();
          holds(passed(old, step), Invariant.NO_PASS_WITHOUT_VERDICT, old.id() + " left " + step);
        }
      }
    }
  }

  /** What does not count costs nothing. */
  private void uncounted() {
    long pms = sight.ended().stream().filter(JobEnd.Pm.class::isInstance).count();
    for (JobEnd end : sight.ended()) {
      if (end instanceof JobEnd.Worker worker
          && Expected.is(before, sight, worker)
          && !Expected.counts(before, sight, worker)) {
        Task old = before.task(worker.key().task());
        Task task = decision.next().task(old.id());
        holds(
            task.attempts() == old.attempts()
                && task.setupAttempts() == old.setupAttempts()
                && task.round() == old.round(),
            Invariant.UNCOUNTED,
            end);
      } else if (pms == 1
          && end instanceof JobEnd.Pm pm
          && pm.end() instanceof PmEnd.Silent silent
          && Expected.isUncounted(silent.kind())) {
        int failures = decision.next().intake().pmFailures();
        holds(failures <= before.intake().pmFailures(), Invariant.UNCOUNTED, end);
      }
    }
  }

  private boolean passed(Task task, Pipeline.Step step) {
    if (limits.forge() != null) {
      PullRequestSight pull = sight.pulls().seen().get(task.id());
      boolean merged = pull != null && pull.state() == PullRequestSight.State.MERGED;
      if (merged || step.kind() == Pipeline.Kind.GATE) {
        return true; // See HubJudge.
      }
    }
    return switch (step.kind()) {
      case AGENT -> sight.ended().stream().anyMatch(end -> passed(task, end));
      case GATE ->
          sight.inbox().stream()
              .anyMatch(request ->
                  request instanceof Request.Approve approve
                      && approve.task().equals(task.id())
                      && approve.gate().equals(step.phase())
                      && Objects.equals(approve.head(), task.head()));
      case ACTION ->
          task.head() == null
              || task.merged() != null
              || sight.ended().stream()
                  .anyMatch(end ->
                      end instanceof JobEnd.Merge merge
                          && merge.key().task().equals(task.id())
                          && merge.end() instanceof MergeEnd.Merged);
    };
  }

  private static boolean passed(Task task, JobEnd end) {
    return end instanceof JobEnd.Worker worker
        && worker.key().task().equals(task.id())
        && worker.key().phase().equals(task.phase())
        && worker.key().round() == task.round()
        && Expected.judged(worker.end())
        && worker.end() instanceof WorkerEnd.Reported reported
        && reported.report().verdict() == Report.Verdict.PASS;
  }

  /** On a world that does what was decided, and is else as it was, nothing more is decided. */
  private void again(Rules rules, Instant now) {
    Set<JobKey> workers = new HashSet<>(sight.workers());
    Set<JobKey> merges = new HashSet<>(sight.merges());
    Map<JobKey, Instant> deferred = new HashMap<>(sight.deferred());
    for (Move move : decision.moves()) {
      switch (move) {
        case Move.StartWorker start -> workers.add(start.key());
        case Move.AskPm ask -> workers.add(ask.key());
        case Move.Merge merge -> {
          merges.add(merge.key());
          deferred.remove(merge.key());
        }
        case Move.Publish publish -> merges.add(publish.key());
        case Move.Withdraw withdraw -> merges.add(withdraw.key());
        case Move.EndWorker _, Move.CleanUp _, Move.Release _ -> {}
      }
    }
    var same =
        new Sight(
            sight.baseTip(),
            sight.specs(),
            sight.process(),
            List.of(),
            workers,
            merges,
            deferred,
            sight.landed(),
            List.of(),
            sight.spending(),
            sight.pulls(),
            sight.stopping());
    Decision next = rules.decide(decision.next(), same, limits, now);
    holds(next.next().equals(decision.next()), Invariant.DECIDES_ONCE, next.events());
    holds(
        next.moves().stream().allMatch(Move.EndWorker.class::isInstance),
        Invariant.DECIDES_ONCE,
        next.moves());
  }
}
