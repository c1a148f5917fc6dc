package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A next version of a {@link Task} in the making; each setter names the component it sets. */
public final class TaskEdit {
  private final Task from;
  private TaskStatus status;
  private @Nullable String phase;
  private List<TaskId> deps;
  private int round;
  private @Nullable String pr;
  private @Nullable Reason reason;
  private int attempts;
  private int actionAttempts;
  private int setupAttempts;
  private int repeats;
  private @Nullable Instant since;
  private @Nullable Instant notBefore;
  private @Nullable String notified;
  private @Nullable String head;
  private @Nullable String merged;
  private @Nullable String published;
  private SortedMap<String, String> clearances;
  private @Nullable String summary;

  TaskEdit(Task from) {
    this.from = from;
    this.status = from.status();
    this.phase = from.phase();
    this.deps = from.deps();
    this.round = from.round();
    this.pr = from.pr();
    this.reason = from.reason();
    this.attempts = from.attempts();
    this.actionAttempts = from.actionAttempts();
    this.setupAttempts = from.setupAttempts();
    this.repeats = from.repeats();
    this.since = from.since();
    this.notBefore = from.notBefore();
    this.notified = from.notified();
    this.head = from.head();
    this.merged = from.merged();
    this.published = from.published();
    this.clearances = from.clearances();
    this.summary = from.summary();
  }

  public TaskEdit status(TaskStatus value) {
    this.status = value;
    return this;
  }

  public TaskEdit phase(@Nullable String value) {
    this.phase = value;
    return this;
  }

  public TaskEdit deps(List<TaskId> value) {
    this.deps = value;
    return this;
  }

  public TaskEdit round(int value) {
    this.round = value;
    return this;
  }

  public TaskEdit pr(@Nullable String value) {
    this.pr = value;
    return this;
  }

  public TaskEdit reason(@Nullable Reason value) {
    this.reason = value;
    return this;
  }

  public TaskEdit reason(Reason.Kind kind, String text) {
    return reason(new Reason(kind, text));
  }

  public TaskEdit attempts(int value) {
    this.attempts = value;
    return this;
  }

  public TaskEdit actionAttempts(int value) {
    this.actionAttempts = value;
    return this;
  }

  public TaskEdit setupAttempts(int value) {
    this.setupAttempts = value;
    return this;
  }

  public TaskEdit repeats(int value) {
    this.repeats = value;
    return this;
  }

  public TaskEdit since(@Nullable Instant value) {
    this.since = value;
    return this;
  }

  public TaskEdit notBefore(@Nullable Instant value) {
    this.notBefore = value;
    return this;
  }

  public TaskEdit notified(@Nullable String value) {
    this.notified = value;
    return this;
  }

  public TaskEdit head(@Nullable String value) {
    this.head = value;
    return this;
  }

  public TaskEdit merged(@Nullable String value) {
    this.merged = value;
    return this;
  }

  public TaskEdit published(@Nullable String value) {
    this.published = value;
    return this;
  }

  public TaskEdit clearances(SortedMap<String, String> value) {
    this.clearances = value;
    return this;
  }

  public TaskEdit summary(@Nullable String value) {
    this.summary = value;
    return this;
  }

  public Task done() {
    return new Task(
        from.id(),
        from.title(),
        from.specRef(),
        status,
        phase,
        deps,
        round,
        from.branch(),
        pr,
        reason,
        attempts,
        actionAttempts,
        setupAttempts,
        repeats,
        since,
        notBefore,
        notified,
        head,
        merged,
        published,
        clearances,
        summary,
        from.description());
  }
}
