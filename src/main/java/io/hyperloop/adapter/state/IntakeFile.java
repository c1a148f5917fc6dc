package io.hyperloop.adapter.state;

import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Plan;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far the specs are handled, as a file: {@code intake.yaml}; empty values are left out. */
public final class IntakeFile {
  public static final String NAME = "intake.yaml";

  private static final Layout<Intake> LAYOUT =
      new Layout<>(
          List.of(
              new Layout.Field<>("next_task", i -> " " + i.nextTask()),
              new Layout.Field<>("generation", i -> " " + i.generation()),
              new Layout.Field<>("handled", i -> map(i.handled(), IntakeFile::handled)),
              new Layout.Field<>("failures", i -> list(i.failures())),
              new Layout.Field<>("replans", i -> map(i.replans(), Object::toString)),
              new Layout.Field<>("answers", i -> map(i.answers(), Scalars::list)),
              new Layout.Field<>("plan", i -> plan(i.plan())),
              new Layout.Field<>(
                  "pm_failures", i -> i.pmFailures() == 0 ? null : " " + i.pmFailures()),
              new Layout.Field<>(
                  "not_before",
                  i -> i.notBefore() == null ? null : " " + Scalars.of(i.notBefore())),
              new Layout.Field<>("parked", i -> map(i.parked(), Scalars::of)),
              new Layout.Field<>(
                  "pipeline", i -> i.pipeline() == null ? null : " " + Scalars.of(i.pipeline()))));

  private IntakeFile() {}

  /**
   * Reads it.
   *
   * @param file its path, for messages
   * @throws PortFailure of kind USER naming file, line and key
   */
  public static Intake read(String file, String text) {
    var fields = new Fields(file, Yaml.read(file, text, 1));
    int nextTask = fields.as("next_task", Integer::parseInt);
    if (nextTask < 1) {
      throw fields.wrong("next_task", "must be at least 1");
    }
    return new Intake(
        nextTask,
        fields.count("generation"),
        fields.map("handled", (all, path) -> handled(all.required(path))),
        fields.list("failures", TaskId::parse),
        fields.map("replans", Fields::count),
        fields.map("answers", Fields::texts),
        plan(fields.below("plan")),
        fields.count("pm_failures"),
        fields.time("not_before"),
        fields.map("parked", Fields::time),
        fields.textOrNull("pipeline"));
  }

  /** As a new file. */
  public static String write(Intake intake) {
    return LAYOUT.write(intake);
  }

  /** The file with another version: only the blocks of top-level keys that changed are replaced. */
  public static String rewrite(String file, String text, Intake next) {
    return LAYOUT.rewrite(file, 1, text, read(file, text), next);
  }

  private static Handled handled(Fields fields) {
    return new Handled(
        fields.objectId("blob"),
        fields.objectId("commit"),
        fields.as("outcome", IntakeFile::outcome),
        fields.textOr("note", ""),
        fields.texts("formerly"));
  }

  private static Handled.Outcome outcome(String word) {
    return Handled.Outcome.of(word)
        .orElseThrow(() -> new IllegalArgumentException("unknown outcome `" + word + "`"));
  }

  private static String handled(Handled handled) {
    var parts = new ArrayList<String>();
    parts.add("blob: " + Scalars.of(handled.blob()));
    parts.add("commit: " + Scalars.of(handled.commit()));
    parts.add("outcome: " + handled.outcome().word());
    if (!handled.note().isEmpty()) {
      parts.add("note: " + Scalars.of(handled.note()));
    }
    if (!handled.formerly().isEmpty()) {
      parts.add("formerly: " + Scalars.list(handled.formerly()));
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static @Nullable Plan plan(@Nullable Fields fields) {
    return fields == null
        ? null
        : new Plan(
            fields.count("generation"),
            fields.map(
                "asked",
                (all, path) -> {
                  Fields asked = all.required(path);
                  return new Plan.Asked(asked.objectId("blob"), asked.objectId("commit"));
                }),
            fields.list("failures", TaskId::parse),
            fields.texts("correction"));
  }

  private static @Nullable String plan(@Nullable Plan plan) {
    if (plan == null) {
      return null;
    }
    var text = new StringBuilder("\n  generation: ").append(plan.generation());
    append(text, "asked", map(new TreeMap<>(plan.asked()), IntakeFile::asked));
    append(text, "failures", list(plan.failures()));
    append(text, "correction", list(plan.correction()));
    return text.toString();
  }

  private static String asked(Plan.Asked asked) {
    return "{blob: " + Scalars.of(asked.blob()) + ", commit: " + Scalars.of(asked.commit()) + "}";
  }

  private static void append(StringBuilder text, String key, @Nullable String value) {
    if (value != null) {
      text.append("\n  ").append(key).append(':').append(value.replace("\n", "\n  "));
    }
  }

  private static @Nullable String list(List<?> items) {
    return items.isEmpty() ? null : " " + Scalars.list(items);
  }

  private static <T> @Nullable String map(Map<String, T> values, Function<T, String> write) {
    Function<Map.Entry<String, T>, String> line =
        e -> "\n  " + key(Scalars.of(e.getKey())) + ": " + write.apply(e.getValue());
    return values.isEmpty()
        ? null
        : values.entrySet().stream().map(line).collect(Collectors.joining());
  }

  /** YAML allows a key of more than 1,024 characters only behind a question mark. */
  private static String key(String text) {
    return text.length() <= 1000 ? text : "? " + text + "\n  ";
  }
}
