package io.hyperloop.adapter.probe;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Reason;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Probe.Entry;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the live view shows, kept up to date by events alone after a first look at the state. */
final class Board {

  /** Where a task stands, for the eye. */
  enum Lamp {
    WORKING("working"),
    WAITING("waiting"),
    NEEDS_YOU("needs you"),
    QUEUED("queued"),
    BLOCKED("blocked"),
    FAILED("failed"),
    DONE("done");

    private final String word;

    Lamp(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * A line of the view.
   *
   * @param started when its worker started; null when none runs
   */
  record Row(
      String subject,
      String title,
      Lamp lamp,
      String phase,
      int round,
      @Nullable Instant started,
      String last) {

    Row lamp(Lamp next) {
      return new Row(
          subject, title, next, phase, round, next == Lamp.WORKING ? started : null, last);
    }

    Row at(String nextPhase, int nextRound) {
      return new Row(subject, title, lamp, nextPhase, nextRound, started, last);
    }

    Row working(Instant since) {
      return new Row(subject, title, Lamp.WORKING, phase, round, since, last);
    }

    Row titled(String text) {
      return new Row(subject, text, lamp, phase, round, started, last);
    }

    Row last(String text) {
      return new Row(subject, title, lamp, phase, round, started, text);
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
          new Row(task.id().toString(), task.title(), lamp(task), phase, task.round(), null, last));
    }
    return board;
  }

  private static Lamp lamp(Task task) {
    return switch (task.status()) {
      case NOT_STARTED -> Lamp.QUEUED;
      case IN_PROGRESS -> task.is(Reason.Kind.QUESTION) ? Lamp.NEEDS_YOU : Lamp.WAITING;
      case COMPLETE -> Lamp.DONE;
      case FAILED -> task.is(Reason.Kind.NEEDS_HUMAN) ? Lamp.NEEDS_YOU : Lamp.FAILED;
    };
  }

  Collection<Row> tasks() {
    return tasks.values();
  }

  /** The PM's jobs under way. */
  Collection<Row> planning() {
    return planning.values();
  }

  Map<Lamp, Integer> counts() {
    var counts = new EnumMap<Lamp, Integer>(Lamp.class);
    tasks.values().forEach(row -> counts.merge(row.lamp(), 1, Integer::sum));
    return counts;
  }

  void apply(Entry entry) {
    EventText words = EventText.of(entry.event());
    switch (entry.event()) {
      case Event.PlanningStarted e ->
          planning.put(
              e.generation(),
              new Row("pm", words.text(), Lamp.WORKING, "", 0, entry.at(), words.text()));
      case Event.PlanningEnded e -> planning.remove(e.generation());
      case Event.TaskCreated e -> tasks.put(e.task(), row(e.task()).titled(e.title()));
      case Event.WorkerStarted e -> worker(e.key(), entry.at(), words.text());
      case Event.WorkerEnded e -> workerEnded(e.key(), words.text());
      case Event.StepEntered e ->
          tasks.put(
              e.task(),
              row(e.task()).at(e.phase(), e.round()).lamp(Lamp.WAITING).last(words.text()));
      case Event.RoundFailed e -> set(e.task(), Lamp.WAITING, words.text());
      case Event.TaskMerged e -> set(e.task(), Lamp.WAITING, words.text());
      case Event.TaskCompleted e -> set(e.task(), Lamp.DONE, words.text());
      case Event.TaskFailed e -> set(e.task(), Lamp.FAILED, words.text());
      case Event.TaskBlocked e -> set(e.task(), Lamp.BLOCKED, words.text());
      case Event.HumanNeeded e -> needed(e, words.text());
      case Event.SpecAnswered e -> {}
      case Event.SpecRenamed e -> {}
      case Event.SpecRemoved e -> {}
      case Event.RequestTaken e -> {}
      case Event.RequestRefused e -> {}
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
      set(step.task(), Lamp.WAITING, last);
    }
  }

  private void needed(Event.HumanNeeded e, String last) {
    if (e.what().matches("task-[0-9]{1,9}") && tasks.containsKey(TaskId.parse(e.what()))) {
      set(TaskId.parse(e.what()), Lamp.NEEDS_YOU, last);
    }
  }

  private void set(TaskId task, Lamp lamp, String last) {
    tasks.put(task, row(task).lamp(lamp).last(last));
  }

  private Row row(TaskId task) {
    Row known = tasks.get(task);
    return known == null ? new Row(task.toString(), "", Lamp.QUEUED, "", 0, null, "") : known;
  }
}
