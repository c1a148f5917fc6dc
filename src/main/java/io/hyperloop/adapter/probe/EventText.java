package io.hyperloop.adapter.probe;

import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An event in words: the one place where they are chosen.
 *
 * @param subject what it is about: a task, {@code pm}, a spec's path, or {@code hyperloop}
 * @param text one line, safe to print
 */
public record EventText(String subject, Tone tone, String text) {
  /** Findings can be long; their full text is in the review. */
  private static final int TEXT_MAX = 400;

  private static final String SELF = "hyperloop";

  public EventText {
    subject = Text.fit(Text.line(subject), TEXT_MAX);
    text = Text.fit(Text.line(cut(text).strip().replaceAll("\\s+", " ")), TEXT_MAX);
  }

  /** Spares the escaping of a megabyte of which a line is shown. */
  private static String cut(String text) {
    return text.length() > TEXT_MAX * 2 ? text.substring(0, TEXT_MAX * 2) : text;
  }

  public static EventText of(Event event) {
    return switch (event) {
      case Event.PlanningStarted e ->
          new EventText("pm", Tone.ACTIVE, "planning started: " + question(e));
      case Event.PlanningEnded e ->
          new EventText("pm", Tone.PLAIN, "planning ended: " + e.result());
      case Event.Parked e ->
          new EventText(e.program(), Tone.ATTENTION, note("paused until " + e.until(), e.why()));
      case Event.SpecAnswered e -> new EventText(e.path(), Tone.PLAIN, note(e.answer(), e.note()));
      case Event.SpecRenamed e -> new EventText(e.to(), Tone.PLAIN, "renamed from " + e.from());
      case Event.SpecRemoved e -> new EventText(e.path(), Tone.PLAIN, "removed");
      case Event.TaskCreated e ->
          of(e.task(), Tone.PLAIN, "created: " + e.title() + " (" + e.spec() + ")");
      case Event.WorkerStarted e ->
          new EventText(subject(e.key()), Tone.ACTIVE, e.role() + " started" + round(e.key()));
      case Event.WorkerEnded e ->
          new EventText(
              subject(e.key()), tone(e.result()), note(e.role() + " " + e.result(), detail(e)));
      case Event.StepEntered e ->
          of(e.task(), Tone.PLAIN, "at " + e.phase() + ", round " + e.round());
      case Event.RoundFailed e ->
          of(
              e.task(),
              Tone.ATTENTION,
              note("round " + e.round() + " failed by " + e.role(), e.finding()));
      case Event.PullRequestOpened e -> of(e.task(), Tone.GOOD, "pull request " + e.url());
      case Event.TaskMerged e -> of(e.task(), Tone.GOOD, "merged as " + abbreviated(e.commit()));
      case Event.TaskCompleted e -> of(e.task(), Tone.GOOD, "complete");
      case Event.TaskFailed e -> of(e.task(), Tone.BAD, "failed: " + e.reason());
      case Event.TaskBlocked e ->
          of(e.task(), Tone.BAD, "blocked: " + ids(e.chain(), " waits for "));
      case Event.HumanNeeded e -> needed(e);
      case Event.RequestTaken e -> new EventText(SELF, Tone.PLAIN, "taken: " + e.what());
      case Event.RequestRefused e ->
          new EventText(SELF, Tone.ATTENTION, "refused: " + e.what() + ": " + e.why());
      case Event.Recovered e -> new EventText(SELF, Tone.FAINT, "recovered: " + e.what());
      case Event.Warned e -> new EventText(SELF, Tone.ATTENTION, "warning: " + e.text());
      case Event.Halted e -> halted(e);
    };
  }

  private static EventText needed(Event.HumanNeeded e) {
    String remedy = e.remedy().isEmpty() ? "" : "; " + e.remedy();
    return new EventText(e.what(), Tone.ATTENTION, "needs you: " + e.why() + remedy);
  }

  private static EventText halted(Event.Halted e) {
    return e.converged()
        ? new EventText(SELF, Tone.GOOD, "converged: every spec is in sync")
        : new EventText(SELF, Tone.ATTENTION, "halted: " + String.join("; ", e.why()));
  }

  private static EventText of(TaskId task, Tone tone, String text) {
    return new EventText(task.toString(), tone, text);
  }

  private static String question(Event.PlanningStarted e) {
    String failures =
        e.failures().isEmpty() ? "" : "after the failure of " + ids(e.failures(), ", ");
    String specs = String.join(", ", e.specs());
    return specs.isEmpty() || failures.isEmpty() ? specs + failures : specs + ", " + failures;
  }

  /** A rejection's finding is told with the round that it fails. */
  private static String detail(Event.WorkerEnded e) {
    return e.result().equals("rejected") ? "" : e.detail();
  }

  private static String note(String what, String note) {
    return note.isBlank() ? what : what + ": " + note;
  }

  static String subject(JobKey key) {
    return switch (key) {
      case JobKey.TaskStep step -> step.task().toString();
      case JobKey.Planning planning -> "pm";
    };
  }

  private static String round(JobKey key) {
    return key instanceof JobKey.TaskStep step ? ", round " + step.round() : "";
  }

  private static Tone tone(String result) {
    return switch (result) {
      case "passed" -> Tone.GOOD;
      case "rejected", "asked" -> Tone.ATTENTION;
      default -> Tone.PLAIN;
    };
  }

  private static String ids(List<TaskId> ids, String between) {
    return ids.stream().map(TaskId::toString).collect(Collectors.joining(between));
  }

  private static String abbreviated(String commit) {
    return commit.length() > 7 ? commit.substring(0, 7) : commit;
  }
}
