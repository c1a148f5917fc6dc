package io.hyperloop.adapter.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The shape of a report as a JSON Schema, for models that are told what to answer. */
public final class ReportSchema {
  private ReportSchema() {}

  /** The whole schema, of an object. */
  public static Map<String, Object> of(boolean pm) {
    return object(properties(pm), required(pm));
  }

  /** The same for models that are to keep to it strictly: all keys must be there, and no others. */
  public static Map<String, Object> strict(boolean pm) {
    return strict(of(pm));
  }

  private static Map<String, Object> strict(Map<?, ?> schema) {
    var all = new LinkedHashMap<String, Object>();
    schema.forEach((key, value) -> all.put(String.valueOf(key), strictly(key, value)));
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      all.put("required", List.copyOf(properties.keySet()));
      all.put("additionalProperties", false);
    }
    return all;
  }

  private static Object strictly(Object key, Object value) {
    if (!(value instanceof Map<?, ?> schema)) {
      return value;
    }
    if (!key.equals("properties")) {
      return strict(schema);
    }
    var properties = new LinkedHashMap<String, Object>();
    schema.forEach(
        (name, property) -> properties.put(String.valueOf(name), strictly("", property)));
    return properties;
  }

  /** Its keys that must be there. */
  public static List<String> required(boolean pm) {
    return pm ? List.of() : List.of("verdict", "detail");
  }

  /** Its keys, each with its schema. */
  public static Map<String, Object> properties(boolean pm) {
    var schema = new LinkedHashMap<String, Object>();
    if (pm) {
      schema.put(
          "tasks",
          list(
              Map.of(
                  "key", text("a name by which other tasks of this answer can depend on it"),
                  "title", text("one line"),
                  "spec", text("the path of the spec it implements"),
                  "description", text("what is to be done, in Markdown"),
                  "deps", texts("ids of existing tasks, or keys of this answer"),
                  "replaces", texts("ids of failed tasks that it stands in for")),
              List.of("title", "spec", "description")));
      schema.put("satisfied", notes("evidence"));
      schema.put("deferred", notes("reason"));
      schema.put("questions", notes("question"));
    } else {
      schema.put("verdict", Map.of("type", "string", "enum", List.of("pass", "fail", "question")));
      schema.put("detail", text("what you did or found, or your question; Markdown"));
      schema.put(
          "no_change",
          Map.of("type", "boolean", "description", "true if nothing had to be changed for a pass"));
    }
    return schema;
  }

  private static Map<String, Object> text(String description) {
    return Map.of("type", "string", "description", description);
  }

  private static Map<String, Object> texts(String description) {
    return Map.of("type", "array", "items", Map.of("type", "string"), "description", description);
  }

  private static Map<String, Object> notes(String word) {
    return list(
        Map.of("spec", text("the path of the spec"), word, text("for a person to read")),
        List.of("spec", word));
  }

  private static Map<String, Object> list(Map<String, Object> properties, List<String> required) {
    return Map.of("type", "array", "items", object(properties, required));
  }

  private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
    return Map.of("type", "object", "properties", properties, "required", required);
  }
}
