package io.hyperloop.cli;

import io.hyperloop.domain.Reason;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.SpecView;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskView;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Views for programs: a public format, the keys of task files where there are such. */
final class Fields {
  private Fields() {}

  static Map<String, @Nullable Object> of(SpecView view) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("path", view.spec().path());
    fields.put("status", view.status().word());
    fields.put("why", view.why());
    fields.put("blob", view.spec().blob());
    fields.put("tasks", view.tasks().stream().map(t -> t.task().id().toString()).toList());
    fields.put("next", view.remedies());
    return fields;
  }

  static Map<String, @Nullable Object> of(TaskView view) {
    Task task = view.task();
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("id", task.id().toString());
    fields.put("title", task.title());
    fields.put("spec_ref", task.specRef().toString());
    fields.put("status", task.status().word());
    fields.put("phase", task.phase());
    fields.put("deps", task.deps().stream().map(TaskId::toString).toList());
    fields.put("round", task.round());
    fields.put("branch", task.branch());
    fields.put("pr", task.pr());
    Reason reason = task.reason();
    fields.put("reason", reason == null ? null : reason.toString());
    fields.put("attempts", task.attempts());
    fields.put("since", time(task.since()));
    fields.put("not_before", time(task.notBefore()));
    fields.put("head", task.head());
    fields.put("merged", task.merged());
    fields.put("turn", view.turn().word());
    fields.put("why", view.why());
    fields.put("next", view.remedy().isEmpty() ? List.of() : List.of(view.remedy()));
    return fields;
  }

  static Map<String, @Nullable Object> of(Review review) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("round", review.round());
    fields.put("role", review.role());
    fields.put("verdict", review.verdict());
    fields.put("body", review.body());
    return fields;
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  /** As JSON or YAML, with a line break at the end. */
  static String written(Object value, Format format) {
    ObjectMapper mapper =
        switch (format) {
          case TABLE -> throw new IllegalArgumentException("a table is not for programs");
          case JSON -> JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
          case YAML ->
              YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();
        };
    return mapper.writeValueAsString(value).stripTrailing() + "\n";
  }
}
