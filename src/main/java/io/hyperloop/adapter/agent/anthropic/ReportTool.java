package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.Tool;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.hyperloop.adapter.agent.ReportFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the model reports: a tool whose argument is the report and is put where every agent's report
 * is looked for. A report that would not count goes back to the model with its faults.
 */
final class ReportTool {
  static final String NAME = "report";

  private final Path file;
  private final boolean pm;

  ReportTool(Path file, boolean pm) {
    this.file = file;
    this.pm = pm;
  }

  /** What the model is told of the tool. */
  Tool definition() {
    var properties = Tool.InputSchema.Properties.builder();
    schema().forEach((name, type) -> properties.putAdditionalProperty(name, JsonValue.from(type)));
    var input = Tool.InputSchema.builder().properties(properties.build());
    if (!pm) {
      input.addRequired("verdict").addRequired("detail");
    }
    return Tool.builder()
        .name(NAME)
        .description(
            "Report your result and end your work. Call it exactly once, when you are done;"
                + " nothing you do afterwards counts.")
        .inputSchema(input.build())
        .build();
  }

  private Map<String, Object> schema() {
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
    return Map.of(
        "type",
        "array",
        "items",
        Map.of("type", "object", "properties", properties, "required", required));
  }

  /** Takes a report. An error result means that it does not count, and why. */
  ToolResult take(JsonValue input) {
    try {
      byte[] json = ObjectMappers.jsonMapper().writeValueAsBytes(input);
      clear();
      Files.write(file, json, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      List<String> faults = ReportFile.faults(file, pm);
      if (faults.isEmpty()) {
        return ToolResult.ok("Thank you; your work ends here.");
      }
      clear();
      return ToolResult.error("This report does not count:\n" + String.join("\n", faults));
    } catch (JsonProcessingException e) {
      return ToolResult.error("This report is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      return ToolResult.error("The report cannot be written: " + e.getMessage());
    }
  }

  /** Whether a report lies there that will count, whoever wrote it. */
  boolean hasCounted() {
    return ReportFile.faults(file, pm).isEmpty();
  }

  private void clear() throws IOException {
    boolean ignored = Files.deleteIfExists(file);
  }
}
