package io.hyperloop.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A task as people want to see it.
 *
 * @param spec where its spec is found today
 * @param turn who moves next
 * @param why what it is doing or waits for, in words; one line unless agents wrote it
 * @param remedy a command that takes it further; empty if none does
 */
public record TaskView(Task task, String spec, Turn turn, String why, String remedy) {

  /** Who moves next. */
  public enum Turn {
    /** An agent, or the orchestrator. */
    WORKING("working"),
    /** Nothing is in its way but other work, or that no orchestrator runs. */
    QUEUED("queued"),
    /** Another task comes first. */
    WAITING("waiting"),
    /** A person. */
    NEEDS_YOU("needs you"),
    /** It can never start as things stand. */
    BLOCKED("blocked"),
    FAILED("failed"),
    /** Ended without its work, and rightly so: it counts no more. */
    ENDED("ended"),
    DONE("done");

    private final String word;

    Turn(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Of a task that failed for that reason. */
    public static Turn ofFailed(Reason reason) {
      return switch (reason.kind()) {
        case NEEDS_HUMAN -> NEEDS_YOU;
        case SPEC_REMOVED, SUPERSEDED -> ENDED;
        case QUESTION, WAITING, CANCELLED, BUDGET, FAILED, RETRYING -> FAILED;
      };
    }
  }

  /** Judges one task. */
  record Judge(
      State state, Optional<Pipeline> pipeline, SpecPaths paths, Instant now, boolean running) {

    TaskView view(Task task, List<TaskId> chain) {
      return switch (task.status()) {
        case NOT_STARTED -> notStarted(task, chain);
        case IN_PROGRESS -> inProgress(task);
        case COMPLETE -> complete(task);
        case FAILED -> failed(task);
      };
    }

    private TaskView of(Task task, Turn turn, String why, String remedy) {
      return new TaskView(task, paths.of(task), turn, why, remedy);
    }

    private TaskView of(Task task, Turn turn, String why) {
      return of(task, turn, why, "");
    }

    private TaskView notStarted(Task task, List<TaskId> chain) {
      if (!chain.isEmpty()) {
        return of(task, Turn.BLOCKED, blocked(chain));
      }
      String open =
          task.deps().stream()
              .filter(dep ->
                  state.tasks().find(dep).filter(t -> t.status() == TaskStatus.COMPLETE).isEmpty())
              .map(TaskId::toString)
              .collect(Collectors.joining(", "));
      return open.isEmpty()
          ? of(task, Turn.QUEUED, "waits for a free worker")
          : of(task, Turn.WAITING, "waits for " + open);
    }

    private String blocked(List<TaskId> chain) {
      TaskId last = chain.getLast();
      String end =
          state
              .tasks()
              .find(last)
              .map(t -> t.status() == TaskStatus.FAILED ? ", which failed" : "")
              .orElse(", which does not exist");
      return chain.stream().map(TaskId::toString).collect(Collectors.joining(" waits for ")) + end;
    }

    private TaskView inProgress(Task task) {
      Reason reason = task.reason();
      if (reason == null) {
        return of(task, busy(), step(task));
      }
      return switch (reason.kind()) {
        case QUESTION ->
            of(
                task,
                Turn.NEEDS_YOU,
                "asks: " + reason.text(),
                "hyperloop answer " + task.id() + " \"...\"");
        case WAITING ->
            of(
                task,
                Turn.NEEDS_YOU,
                "waits for " + reason.text(),
                atGate(task) ? "hyperloop approve " + task.id() : "");
        case RETRYING -> of(task, busy(), step(task) + retry(task) + reason.text());
        case NEEDS_HUMAN, SPEC_REMOVED, CANCELLED, BUDGET, FAILED, SUPERSEDED ->
            of(task, busy(), step(task) + ": " + reason);
      };
    }

    private Turn busy() {
      return running ? Turn.WORKING : Turn.QUEUED;
    }

    /** Where the pipeline is not known, whatever waits is taken to wait for an approval. */
    private boolean atGate(Task task) {
      return pipeline
          .flatMap(p -> p.at(task.phase()))
          .map(step -> step.kind() == Pipeline.Kind.GATE)
          .orElse(pipeline.isEmpty());
    }

    private String step(Task task) {
      Instant since = task.since();
      String round = task.round() == 0 ? "" : ", round " + task.round();
      String age = since == null ? "" : " since " + age(Duration.between(since, now));
      return "at " + task.currentPhase() + round + age;
    }

    private String retry(Task task) {
      Instant notBefore = task.notBefore();
      return notBefore != null && notBefore.isAfter(now)
          ? ", tries again in " + age(Duration.between(now, notBefore)) + " after "
          : running ? ", tries again after " : ", stopped: ";
    }

    private TaskView complete(Task task) {
      String merged = task.merged();
      return of(
          task,
          Turn.DONE,
          merged == null
              ? "complete, but its commits on " + task.branch() + " are not on the base branch"
              : "merged as " + merged.substring(0, Math.min(7, merged.length())));
    }

    private TaskView failed(Task task) {
      Reason reason = task.reason();
      if (reason == null) {
        return of(task, Turn.FAILED, "failed");
      }
      Turn turn = Turn.ofFailed(reason);
      return turn == Turn.NEEDS_YOU
          ? of(task, turn, reason.text(), "hyperloop describe task " + task.id())
          : of(task, turn, reason.toString());
    }
  }

  /** A length of time in its two largest units: {@code 2m14s}. */
  public static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3_600) {
      return String.format(Locale.ROOT, "%dm%02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%dh%02dm", seconds / 3_600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%dd%02dh", seconds / 86_400, seconds / 3_600 % 24);
  }
}
