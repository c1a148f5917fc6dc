package io.hyperloop.adapter.state;

import io.hyperloop.domain.Reason;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.port.PortFailure;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A task as a file: {@code tasks/task-027.md}, front matter and then the description. */
public final class TaskFile {
  private static final Layout<Task> LAYOUT =
      new Layout<>(
          List.of(
              text("id", t -> t.id().toString()),
              text("title", Task::title),
              text("spec_ref", t -> t.specRef().toString()),
              text("status", t -> t.status().word()),
              new Layout.Field<>("phase", t -> orNull(t.phase())),
              new Layout.Field<>("deps", t -> " " + Scalars.list(t.deps())),
              new Layout.Field<>("round", t -> " " + t.round()),
              text("branch", Task::branch),
              new Layout.Field<>("pr", t -> orNull(t.pr())),
              text("reason", t -> t.reason() == null ? null : t.reason().toString()),
              count("attempts", Task::attempts),
              count("action_attempts", Task::actionAttempts),
              count("setup_attempts", Task::setupAttempts),
              count("repeats", Task::repeats),
              time("since", Task::since),
              time("not_before", Task::notBefore),
              text("notified", Task::notified),
              text("head", Task::head),
              text("merged", Task::merged),
              text("published", Task::published),
              new Layout.Field<>(
                  "clearances",
                  t -> t.clearances().isEmpty() ? null : " " + Scalars.map(t.clearances())),
              text("summary", Task::summary)));

  private TaskFile() {}

  /** The name of a task's file: {@code task-027.md}. */
  public static String name(TaskId id) {
    return id + ".md";
  }

  /**
   * Reads a task.
   *
   * @param file its path, for messages; the name must be that of the task
   * @throws PortFailure of kind USER naming file, line and key
   */
  public static Task read(String file, String text) {
    FrontMatter parts = FrontMatter.parse(file, text);
    var fields = new Fields(file, Yaml.read(file, parts.yaml(), FrontMatter.FIRST_LINE));
    TaskId id = fields.as("id", TaskId::parse);
    if (!file.substring(file.lastIndexOf('/') + 1).equals(name(id))) {
      throw fields.wrong("id", "is " + id + ", so the file must be called " + name(id));
    }
    return new Task(
        id,
        fields.text("title"),
        fields.as("spec_ref", SpecRef::parse),
        fields.as("status", TaskFile::status),
        fields.textOrNull("phase"),
        fields.list("deps", TaskId::parse),
        fields.count("round"),
        fields.textOr("branch", Task.branchOf(id)),
        fields.textOrNull("pr"),
        reason(fields.textOrNull("reason")),
        fields.count("attempts"),
        fields.count("action_attempts"),
        fields.count("setup_attempts"),
        fields.count("repeats"),
        fields.time("since"),
        fields.time("not_before"),
        fields.textOrNull("notified"),
        fields.textOrNull("head"),
        fields.textOrNull("merged"),
        fields.textOrNull("published"),
        fields.map("clearances", Fields::text),
        fields.textOrNull("summary"),
        parts.body());
  }

  /** A task as a new file. */
  public static String write(Task task) {
    return FrontMatter.write(LAYOUT.write(task), task.description());
  }

  /**
   * A file with another version of its task: only the lines of the keys that changed are replaced.
   *
   * @throws PortFailure of kind USER if the file is no task, or not laid out a key a line
   */
  public static String rewrite(String file, String text, Task next) {
    FrontMatter parts = FrontMatter.parse(file, text);
    String yaml =
        LAYOUT.rewrite(file, FrontMatter.FIRST_LINE, parts.yaml(), read(file, text), next);
    return parts.with(text, yaml, next.description());
  }

  private static TaskStatus status(String word) {
    return TaskStatus.of(word)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "must be one of "
                    + Arrays.stream(TaskStatus.values())
                        .map(TaskStatus::word)
                        .collect(Collectors.joining(", "))
                    + ", not `"
                    + word
                    + "`"));
  }

  private static @Nullable Reason reason(@Nullable String text) {
    return text == null ? null : Reason.parse(text);
  }

  private static String orNull(@Nullable String text) {
    return text == null ? " null" : " " + Scalars.of(text);
  }

  private static Layout.Field<Task> text(String key, Function<Task, @Nullable String> value) {
    return new Layout.Field<>(
        key,
        task -> {
          String text = value.apply(task);
          return text == null ? null : " " + Scalars.of(text);
        });
  }

  private static Layout.Field<Task> count(String key, Function<Task, Integer> value) {
    return new Layout.Field<>(key, task -> value.apply(task) == 0 ? null : " " + value.apply(task));
  }

  private static Layout.Field<Task> time(String key, Function<Task, @Nullable Instant> value) {
    return new Layout.Field<>(
        key,
        task -> {
          Instant time = value.apply(task);
          return time == null ? null : " " + Scalars.of(time);
        });
  }
}
