package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** COLLECT: what people asked for, and the results of ended jobs. */
final class Collect {
  private final Draft draft;
  private final Stepping stepping;
  private final Planning planning;
  private final SpecRequests specRequests;

  Collect(Draft draft, Stepping stepping, Planning planning) {
    this.draft = draft;
    this.stepping = stepping;
    this.planning = planning;
    this.specRequests = new SpecRequests(draft, planning);
  }

  void run() {
    draft.sight.inbox().forEach(this::take);
    for (JobEnd end : draft.sight.ended()) {
      switch (end) {
        case JobEnd.Worker worker -> {
          worker(worker);
          draft.moves.add(new Move.Release(worker.key()));
        }
        case JobEnd.Pm pm -> {
          planning.ended(pm);
          draft.moves.add(new Move.Release(pm.key()));
        }
        case JobEnd.Merge merge -> merge(merge);
        case JobEnd.Published published -> draft.pulls.published(published);
      }
    }
  }

  private void worker(JobEnd.Worker ended) {
    Optional<Step> at = stepping.expected(ended.key());
    if (at.isEmpty()) {
      return; // A result of an earlier round, or of a task that has ended: never this round's.
    }
    Step step = at.get();
    Task task = draft.task(ended.key().task());
    Outcome outcome = Verdicts.of(step.name(), ended.end());
    Task taken = taken(task, ended.end());
    draft.put(taken);
    draft.event(new Event.WorkerEnded(ended.key(), step.name(), words(outcome), detail(outcome)));
    stepping.apply(task.id(), step, outcome);
  }

  /** The task with what its worker left on the branch; a new head is not merged yet. */
  private static Task taken(Task task, WorkerEnd end) {
    if (!(end.delivery() instanceof Delivery.Taken delivered)) {
      return task;
    }
    TaskEdit edit = task.edit();
    if (!delivered.head().equals(task.head())) {
      edit.head(delivered.head()).merged(null);
    }
    if (delivered.anew()) {
      edit.repeats(0);
    }
    if (end instanceof WorkerEnd.Reported reported && !reported.report().detail().isBlank()) {
      edit.summary(Stepping.summary(reported.report().detail()));
    }
    return edit.done();
  }

  private void merge(JobEnd.Merge ended) {
    Optional<Step> at = stepping.expected(ended.key());
    if (ended.end() instanceof MergeEnd.Merged merged) {
      draft.find(ended.key().task()).ifPresent(task -> landed(task, merged, at.isPresent()));
    }
    if (at.isPresent() && ended.end() instanceof MergeEnd.Updated updated) {
      updated(draft.task(ended.key().task()), updated.head());
      return;
    }
    if (at.isPresent() && !(ended.end() instanceof MergeEnd.Moved)) {
      stepping.apply(ended.key().task(), at.get(), Verdicts.of(ended.end()));
    }
  }

  /** The base's newest commits are none that anybody has to look at again. */
  private void updated(Task task, String head) {
    var carried = new TreeMap<>(task.clearances());
    carried.replaceAll((gate, cleared) -> cleared.equals(task.head()) ? head : cleared);
    draft.put(task.edit().head(head).merged(null).clearances(carried).done());
  }

  /** That work is on the base branch stays true, even if its task has moved on or ended since. */
  private void landed(Task task, MergeEnd.Merged merged, boolean expected) {
    if (expected || (task.merged() == null && merged.head().equals(task.head()))) {
      draft.put(task.edit().head(merged.head()).merged(merged.commit()).done());
      draft.event(new Event.TaskMerged(task.id(), merged.commit()));
    }
  }

  private void take(Request request) {
    switch (request) {
      case Request.Approve approve -> approve(approve);
      case Request.AnswerTask answer -> answer(answer);
      case Request.Retry retry -> retry(retry);
      case Request.AnswerSpec answer -> specRequests.answer(answer);
      case Request.Accept accept -> specRequests.accept(accept);
    }
  }

  private void approve(Request.Approve approve) {
    String what = "approval of " + approve.gate() + " for " + approve.task();
    Optional<Task> task = draft.find(approve.task());
    Optional<Step> step = task.flatMap(t -> Stepping.stepOf(draft.pipeline(), t));
    if (step.filter(s -> s.kind() == Pipeline.Kind.GATE && s.phase().equals(approve.gate()))
        .isEmpty()) {
      draft.event(new Event.RequestRefused(what, "the task is not at that gate"));
    } else if (!Objects.equals(approve.head(), task.orElseThrow().head())) {
      draft.event(new Event.RequestRefused(what, "it was given for another version of the work"));
    } else {
      draft.approved.put(approve.task(), approve.gate());
      draft.event(new Event.RequestTaken(what));
    }
  }

  private void answer(Request.AnswerTask answer) {
    String what = "answer for " + answer.task();
    Optional<Task> task = draft.find(answer.task()).filter(t -> t.open());
    if (task.filter(t -> t.is(Reason.Kind.QUESTION)).isEmpty()) {
      draft.event(new Event.RequestRefused(what, "it asked nothing"));
      return;
    }
    draft.review(task.get(), Review.HUMAN, Review.ANSWER, answer.text());
    draft.put(task.get().edit().reason(null).notified(null).since(draft.now).done());
    draft.event(new Event.RequestTaken(what));
  }

  /** A parked task goes on where it stood, with all its chances anew. */
  private void retry(Request.Retry retry) {
    String what = "retry of " + retry.task();
    Optional<Task> task = draft.find(retry.task());
    Optional<Reason> parked =
        task.filter(t -> t.status() == TaskStatus.FAILED)
            .map(Task::reason)
            .filter(reason -> reason.kind().parks());
    if (parked.isEmpty()) {
      draft.event(new Event.RequestRefused(what, "it does not wait for a person"));
      return;
    }
    Optional<String> spent =
        task.filter(draft.thrift::needsAgent).flatMap(t -> draft.thrift.spentOn(t.id()));
    if (spent.isPresent()) {
      draft.event(new Event.RequestRefused(what, spent.get() + ": raise that limit first"));
      return;
    }
    draft.review(task.get(), Review.HUMAN, Review.RETRY, retry.text());
    boolean begun = task.get().phase() != null;
    draft.put(
        Stepping.afresh(task.get(), draft.now)
            .status(begun ? TaskStatus.IN_PROGRESS : TaskStatus.NOT_STARTED)
            .repeats(0)
            .done());
    draft.event(new Event.RequestTaken(what));
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> "passed";
      case Outcome.Rejected _ -> "rejected";
      case Outcome.Refused _ -> "refused";
      case Outcome.Waiting _ -> "waiting";
      case Outcome.Asked _ -> "asked";
      case Outcome.Broken broken -> broken.kind().words();
    };
  }

  private static String detail(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed passed -> passed.detail();
      case Outcome.Rejected rejected -> rejected.finding();
      case Outcome.Refused refused -> refused.why();
      case Outcome.Waiting waiting -> waiting.why();
      case Outcome.Asked asked -> asked.question();
      case Outcome.Broken broken -> broken.detail();
    };
  }
}
