package io.hyperloop.adapter.probe;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskView.Turn;
import io.hyperloop.port.Probe.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the live view shows, kept up to date by events alone after a first look at the state. */
final class Board {

  /**
   * A line of the view.
   *
   * @param started when its worker started; null when none runs
   */
  record Row(
      String subject,
      String title,
      Turn turn,
      String phase,
      int round,
      @Nullable Instant started,
      String last) {

    Row turn(Turn next) {
      return new Row(
          subject, title, next, phase, round, next == Turn.WORKING ? started : null, last);
    }

    Row at(String nextPhase, int nextRound) {
      return new Row(subject, title, turn, nextPhase, nextRound, started, last);
    }

    Row working(Instant since) {
      return new Row(subject, title, Turn.WORKING, phase, round, since, last);
    }

    Row titled(String text) {
      return new Row(subject, text, turn, phase, round, started, last);
    }

    Row last(String text) {
      return new Row(subject, title, turn, phase, round, started, text);
    }
  }

  private final Map<TaskId, Row> tasks = new TreeMap<>();
  private final Map<Integer, Row> planning = new TreeMap<>();

  static Board of(State state) {
    var board = new Board();
    for (Task task : state.tasks()) {
      String phase = task.phase() == null ? "" : task.phase();
      String last = task.reason() == null ? "" : task.reason().toString();
      board.tasks.put(
          task.id(),
          new Row(task.id().toString(), task.title(), turn(task), phase, task.round(), null, last));
    }
    return board;
  }

  private static Turn turn(Task task) {
    return switch (task.status()) {
      case NOT_STARTED -> Turn.QUEUED;
      case IN_PROGRESS -> task.is(Reason.Kind.QUESTION) ? Turn.NEEDS_YOU : Turn.WAITING;
      case COMPLETE -> Turn.DONE;
      case FAILED -> task.reason() == null ? Turn.FAILED : Turn.ofFailed(task.reason());
    };
  }

  Collection<Row> tasks() {
    return tasks.values();
  }

  /** The PM's jobs under way. */
  Collection<Row> planning() {
    return planning.values();
  }

  Map<Turn, Integer> counts() {
    var counts = new EnumMap<Turn, Integer>(Turn.class);
    tasks.values().forEach(row -> counts.merge(row.turn(), 1, Integer::sum));
    return counts;
  }

  void apply(Entry entry) {
    EventText words = EventText.of(entry.event());
    switch (entry.event()) {
      case Event.PlanningStarted e ->
          planning.put(
              e.generation(),
              new Row("pm", words.text(), Turn.WORKING, "", 0, entry.at(), words.text()));
      case Event.PlanningEnded e -> planning.remove(e.generation());
      case Event.TaskCreated e -> tasks.put(e.task(), row(e.task()).titled(e.title()));
      case Event.WorkerStarted e -> worker(e.key(), entry.at(), words.text());
      case Event.WorkerEnded e -> workerEnded(e.key(), words.text());
      case Event.StepEntered e ->
          tasks.put(
              e.task(),
              row(e.task()).at(e.phase(), e.round()).turn(Turn.WAITING).last(words.text()));
      case Event.RoundFailed e -> set(e.task(), Turn.WAITING, words.text());
      case Event.PullRequestOpened e -> {}
      case Event.TaskMerged e -> set(e.task(), Turn.WAITING, words.text());
      case Event.TaskCompleted e -> set(e.task(), Turn.DONE, words.text());
      case Event.TaskFailed e ->
          set(e.task(), Turn.ofFailed(Reason.parse(e.reason())), words.text());
      case Event.TaskBlocked e -> set(e.task(), Turn.BLOCKED, words.text());
      case Event.HumanNeeded e -> needed(e, words.text());
      case Event.Parked e -> {}
      case Event.SpecAnswered e -> {}
      case Event.SpecRenamed e -> {}
      case Event.SpecRemoved e -> {}
      case Event.RequestTaken e -> {}
      case Event.RequestRefused e -> {}
      case Event.Recovered e -> {}
      case Event.Warned e -> {}
      case Event.Halted e -> {}
    }
  }

  private void worker(JobKey key, Instant at, String last) {
    if (key instanceof JobKey.TaskStep step) {
      tasks.put(
          step.task(), row(step.task()).at(step.phase(), step.round()).working(at).last(last));
    }
  }

  private void workerEnded(JobKey key, String last) {
    if (key instanceof JobKey.TaskStep step) {
      set(step.task(), Turn.WAITING, last);
    }
  }

  private void needed(Event.HumanNeeded e, String last) {
    if (e.what().matches("task-[0-9]{1,9}") && tasks.containsKey(TaskId.parse(e.what()))) {
      set(TaskId.parse(e.what()), Turn.NEEDS_YOU, last);
    }
  }

  private void set(TaskId task, Turn turn, String last) {
    tasks.put(task, row(task).turn(turn).last(last));
  }

  private Row row(TaskId task) {
    Row known = tasks.get(task);
    return known == null ? new Row(task.toString(), "", Turn.QUEUED, "", 0, null, "") : known;
  }
}
