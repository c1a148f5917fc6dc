package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;

/** What people are told of. Carries no truth: nothing is decided on it. */
public sealed interface Event {

  record PlanningStarted(int generation, List<String> specs, List<TaskId> failures)
      implements Event {}

  record PlanningEnded(int generation, String result) implements Event {}

  /** A spec was answered; {@code answer} is a word of {@link Handled.Outcome}. */
  record SpecAnswered(String path, String answer, String note) implements Event {}

  record SpecRenamed(String from, String to) implements Event {}

  record SpecRemoved(String path) implements Event {}

  record TaskCreated(TaskId task, String title, String spec) implements Event {}

  /** A program has used up its allowance; nothing is started with it until then. */
  record Parked(String program, Instant until, String why) implements Event {}

  record WorkerStarted(JobKey key, String role) implements Event {}

  /** A worker's end; {@code result} is passed, rejected, asked or the breakage in words. */
  record WorkerEnded(JobKey key, String role, String result, String detail) implements Event {}

  record StepEntered(TaskId task, String phase, int round) implements Event {}

  record RoundFailed(TaskId task, int round, String role, String finding) implements Event {}

  record PullRequestOpened(TaskId task, String url) implements Event {}

  record TaskMerged(TaskId task, String commit) implements Event {}

  record TaskCompleted(TaskId task) implements Event {}

  record TaskFailed(TaskId task, String reason) implements Event {}

  record TaskBlocked(TaskId task, List<TaskId> chain) implements Event {}

  /** A person is needed; told once per entry into the standing. */
  record HumanNeeded(String what, String why, String remedy) implements Event {}

  record RequestTaken(String what) implements Event {}

  record RequestRefused(String what, String why) implements Event {}

  /** Something that a killed run left, and what was done about it. */
  record Recovered(String what) implements Event {}

  record Warned(String text) implements Event {}

  record Halted(boolean converged, List<String> why) implements Event {}
}
