package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves a task through the pipeline by the outcome of its step. The only place where rounds and
 * attempts are counted.
 */
final class Stepping {
  private static final int TEXT_MAX = 64 * 1024;
  private static final int SUMMARY_MAX = 4 * 1024;

  private final Draft draft;

  Stepping(Draft draft) {
    this.draft = draft;
  }

  /**
   * The key of the job that a task waits for at a step. Whatever is counted makes another key, an
   * answered question too, so that a result that was consumed is never taken for the next one's.
   */
  JobKey.TaskStep key(Task task, Step step) {
    int attempt =
        switch (step.kind()) {
          case AGENT -> task.attempts() + task.setupAttempts() + draft.answers(task, step.name());
          case ACTION -> task.actionAttempts();
          case GATE -> 0;
        };
    return new JobKey.TaskStep(task.id(), step.phase(), task.round(), attempt);
  }

  /** The step of the task in progress that waits for exactly this job. */
  Optional<Step> expected(JobKey.TaskStep key) {
    return draft
        .find(key.task())
        .filter(task -> !task.is(Reason.Kind.QUESTION))
        .flatMap(
            task -> stepOf(draft.pipeline(), task).filter(step -> key(task, step).equals(key)));
  }

  /** The step at which a task in progress stands; nothing if the pipeline has no such phase. */
  static Optional<Step> stepOf(Pipeline pipeline, Task task) {
    return task.status() == TaskStatus.IN_PROGRESS ? pipeline.at(task.phase()) : Optional.empty();
  }

  void apply(TaskId id, Step step, Outcome outcome) {
    Task task = draft.task(id);
    switch (outcome) {
      case Outcome.Passed _ -> pass(task, step);
      case Outcome.Rejected rejected -> reject(task, step, rejected.role(), rejected.finding());
      case Outcome.Refused refused -> fail(task, new Reason(Reason.Kind.FAILED, refused.why()));
      case Outcome.Waiting waiting -> waitFor(task, waiting.why(), "nothing: it is tried again");
      case Outcome.Asked asked -> ask(task, step, asked.question());
      case Outcome.Broken broken -> breakage(task, step, broken);
    }
  }

  /** Brings a task that has not started to the first step. */
  void start(Task task) {
    enter(task, draft.pipeline().first(), task.round());
    draft.intake(intake -> intake.pipeline = draft.pipeline().fingerprint());
  }

  /** Brings a task to a step, with all counts of the step it left at zero. */
  void enter(Task task, Step step, int round) {
    draft.put(
        afresh(task, draft.now)
            .status(TaskStatus.IN_PROGRESS)
            .phase(step.phase())
            .round(round)
            .done());
    draft.event(new Event.StepEntered(task.id(), step.phase(), round));
  }

  private void pass(Task task, Step step) {
    Optional<Step> next = draft.pipeline().after(step);
    if (next.isPresent()) {
      enter(task, next.get(), task.round());
      return;
    }
    draft.put(
        afresh(task, draft.now).status(TaskStatus.COMPLETE).phase(null).published(null).done());
    draft.event(new Event.TaskCompleted(task.id()));
    if (task.merged() != null && task.head() != null) {
      draft.moves.add(new Move.CleanUp(key(task, step)));
    }
  }

  /** A version of the task with nothing held against it. */
  static TaskEdit afresh(Task task, Instant now) {
    return task.edit()
        .reason(null)
        .attempts(0)
        .actionAttempts(0)
        .setupAttempts(0)
        .notBefore(null)
        .notified(null)
        .since(now);
  }

  void reject(Task rejected, Step step, String role, String finding) {
    Task task = rejected.edit().repeats(rejected.repeats() + 1).done();
    String bounded = Texts.bounded(finding, TEXT_MAX);
    draft.review(task, role, Review.FAIL, bounded);
    draft.event(new Event.RoundFailed(task.id(), task.round(), role, bounded));
    if (step.kind() == Pipeline.Kind.AGENT && step.loop().isEmpty()) {
      fail(
          task, new Reason(Reason.Kind.FAILED, step.phase() + " failed, and no loop is around it"));
      return;
    }
    int back = step.kind() == Pipeline.Kind.AGENT ? step.loop().getAsInt() : step.back();
    int round = task.round() + 1;
    if (round >= draft.limits.maxTaskRounds()) {
      Task spent = task.edit().round(round).done();
      fail(spent, new Reason(Reason.Kind.FAILED, "all " + round + " rounds failed"));
      return;
    }
    Step next = draft.pipeline().step(back);
    Optional<String> circling = Circles.of(task, draft.reviewsOf(task.id()));
    if (circling.isPresent()) {
      Task parked = task.edit().round(round).phase(next.phase()).done();
      fail(parked, new Reason(Reason.Kind.NEEDS_HUMAN, circling.get()));
      return;
    }
    enter(task, next, round);
  }

  /**
   * Has what is on the branch judged again, by the agent that follows the one which writes, in a
   * round of its own.
   */
  void verifyAgain(Task task) {
    Step at = draft.pipeline().at(task.phase()).orElseGet(draft.pipeline()::first);
    int writer = at.kind() == Pipeline.Kind.AGENT ? at.loop().orElse(at.index()) : at.back();
    Optional<Step> judge =
        draft.pipeline().steps().stream()
            .filter(step -> step.kind() == Pipeline.Kind.AGENT)
            .filter(step -> step.index() > writer && step.index() <= at.index())
            .findFirst();
    int round = task.round() + 1;
    if (round >= draft.limits.maxTaskRounds()) {
      String all = "people pushed commits, and no round is left in which they could be judged";
      fail(task, new Reason(Reason.Kind.NEEDS_HUMAN, all));
      return;
    }
    enter(task, judge.orElse(at), round);
  }

  /** Ends a task for good; a failure that intake can mend is handed to it. */
  void fail(Task task, Reason reason) {
    draft.put(
        task.edit()
            .status(TaskStatus.FAILED)
            .reason(reason)
            .notBefore(null)
            .notified(null)
            .since(draft.now)
            .done());
    draft.event(new Event.TaskFailed(task.id(), reason.toString()));
    if (reason.triggersIntake()) {
      draft.intake(intake -> intake.failed(task.id()));
    } else if (reason.kind() == Reason.Kind.NEEDS_HUMAN) {
      needHuman(
          task.id().toString(),
          reason.text(),
          "hyperloop describe task " + task.id() + ", then hyperloop retry " + task.id());
    } else if (reason.kind() == Reason.Kind.BUDGET) {
      needHuman(
          task.id().toString(),
          reason.text(),
          "raise the limit, then hyperloop retry " + task.id());
    }
  }

  /** Notes that a task waits; people are told once per entry into the waiting. */
  void waitFor(Task task, String why, String remedy) {
    var reason = new Reason(Reason.Kind.WAITING, Texts.bounded(why, TEXT_MAX));
    if (!reason.equals(task.reason())) {
      draft.put(task.edit().reason(reason).notified(reason.text()).done());
      needHuman(task.id().toString(), why, remedy);
    }
  }

  /** Notes what a task waits for where nobody has to do anything: nobody is told. */
  void waitQuietly(Task task, String why) {
    var reason = new Reason(Reason.Kind.WAITING, Texts.bounded(why, TEXT_MAX));
    if (!reason.equals(task.reason())) {
      draft.put(task.edit().reason(reason).notified(null).done());
    }
  }

  private void ask(Task task, Step step, String question) {
    String bounded = Texts.bounded(question.isBlank() ? "(asked nothing)" : question, TEXT_MAX);
    draft.review(task, step.name(), Review.QUESTION, bounded);
    draft.put(
        task.edit()
            .reason(Reason.Kind.QUESTION, bounded)
            .notified("question")
            .since(draft.now)
            .done());
    needHuman(task.id().toString(), bounded, "hyperloop answer " + task.id() + " \"...\"");
  }

  private void breakage(Task task, Step step, Outcome.Broken broken) {
    String said = broken.kind().words() + ": " + Texts.bounded(broken.detail(), TEXT_MAX);
    if (broken.kind() == Breakage.CREDENTIALS) {
      draft.stuck(said);
    }
    if (broken.kind() == Breakage.QUOTA) {
      draft.thrift.outOfQuota(step.name(), broken.until(), said);
    }
    if (step.kind() == Pipeline.Kind.ACTION) {
      retryAction(task, step, said);
      return;
    }
    switch (broken.kind().counts()) {
      case ATTEMPT -> retryAgent(task, step, said);
      case SETUP -> retrySetup(task, said);
      case NOTHING ->
          draft.put(
              task.edit()
                  .reason(Reason.Kind.RETRYING, said)
                  .notBefore(
                      broken.kind().backsOff()
                          ? draft.now.plus(Backoff.afterOverload(task, draft.now))
                          : null)
                  .since(draft.now)
                  .done());
    }
  }

  private void retryAgent(Task task, Step step, String said) {
    int attempts = task.attempts() + 1;
    if (attempts >= draft.limits.maxWorkerAttempts()) {
      reject(
          task,
          step,
          Review.ORCHESTRATOR,
          step.name()
              + " gave no verdict in "
              + attempts
              + " attempts in a row; the last: "
              + said);
      return;
    }
    retry(task.edit().attempts(attempts), attempts, said);
  }

  private void retrySetup(Task task, String said) {
    int attempts = task.setupAttempts() + 1;
    Task tried = task.edit().setupAttempts(attempts).done();
    if (attempts >= Limits.SETUP_ATTEMPTS_MAX) {
      fail(tried, new Reason(Reason.Kind.NEEDS_HUMAN, "the work tree cannot be set up: " + said));
      return;
    }
    retry(tried.edit(), attempts, said);
  }

  private void retryAction(Task task, Step step, String said) {
    int attempts = task.actionAttempts() + 1;
    if (attempts >= draft.limits.maxActionAttempts()) {
      reject(
          task,
          step,
          Review.ORCHESTRATOR,
          step.name() + " broke " + attempts + " times in a row; the last: " + said);
      return;
    }
    retry(task.edit().actionAttempts(attempts), attempts, said);
  }

  private void retry(TaskEdit edit, int attempts, String said) {
    draft.put(
        edit.reason(Reason.Kind.RETRYING, said)
            .notBefore(draft.now.plus(Backoff.after(attempts)))
            .since(draft.now)
            .done());
  }

  private void needHuman(String what, String why, String remedy) {
    draft.event(new Event.HumanNeeded(what, why, remedy));
  }

  /** What the last writer said, cut to what a commit message can bear. */
  static String summary(String detail) {
    return Texts.bounded(detail.strip(), SUMMARY_MAX);
  }
}
