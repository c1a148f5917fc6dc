package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.core.JsonValue;
import com.anthropic.core.ObjectMappers;
import com.anthropic.models.messages.Tool;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.hyperloop.adapter.agent.ReportFile;
import io.hyperloop.adapter.agent.ReportSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
    ReportSchema.properties(pm)
        .forEach((name, type) -> properties.putAdditionalProperty(name, JsonValue.from(type)));
    var input = Tool.InputSchema.builder().properties(properties.build());
    ReportSchema.required(pm).forEach(input::addRequired);
    return Tool.builder()
        .name(NAME)
        .description(
            "Report your result and end your work. Call it exactly once, when you are done;"
                + " nothing you do afterwards counts.")
        .inputSchema(input.build())
        .build();
  }

  /** Takes a report. An error result means that it does not count, and why. */
  ToolResult take(JsonValue input) {
    try {
      byte[] json = ObjectMappers.jsonMapper().writeValueAsBytes(input);
      ReportFile.put(file, json);
      List<String> faults = ReportFile.faults(file, pm);
      if (faults.isEmpty()) {
        return ToolResult.ok("Thank you; your work ends here.");
      }
      boolean ignored = Files.deleteIfExists(file);
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
}
