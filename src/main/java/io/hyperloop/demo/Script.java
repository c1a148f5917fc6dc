package io.hyperloop.demo;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a scripted model answers: a function of the conversation and of nothing else. */
@FunctionalInterface
public interface Script {

  Reply reply(Said said);

  /**
   * A conversation as the model is shown it.
   *
   * @param system the system prompt
   * @param prompt the first thing the user said
   * @param last the last thing the user said, tool results aside
   * @param results of the tools called since then, in order
   * @param request the whole of it, as received
   */
  record Said(
      String system, String prompt, String last, List<ToolResult> results, JsonNode request) {
    public Said {
      results = List.copyOf(results);
    }

    /** What follows {@code name:} on a line of the system prompt; empty if nothing does. */
    public String field(String name) {
      Matcher line =
          Pattern.compile("^" + Pattern.quote(name) + ": (.*)$", Pattern.MULTILINE).matcher(system);
      return line.find() ? line.group(1).strip() : "";
    }
  }

  /** What came of one tool call. */
  record ToolResult(String text, boolean error) {}

  /** One thing a model may do. */
  sealed interface Reply {
    /**
     * Says something and calls tools.
     *
     * @param stopReason as the API names them
     */
    record Say(String text, List<Call> calls, String stopReason) implements Reply {
      public Say {
        calls = List.copyOf(calls);
      }
    }

    /** Answers with an error. */
    record Fail(int status, String type, String message, Map<String, String> headers)
        implements Reply {
      public Fail {
        headers = Map.copyOf(headers);
      }
    }

    /** Begins to speak, then the connection is gone. */
    record CutOff(String text) implements Reply {}

    /** Speaks and never stops. */
    record Endless() implements Reply {}
  }

  /** A tool call. */
  record Call(String tool, Map<String, Object> input) {
    public Call {
      input = Map.copyOf(input);
    }
  }

  /** Says something and ends its turn. */
  static Reply say(String text) {
    return new Reply.Say(text, List.of(), "end_turn");
  }

  /** Says something and runs a shell command. */
  static Reply bash(String text, String command) {
    return call(text, "bash", Map.of("command", command));
  }

  /** Says something and writes a file. */
  static Reply write(String text, String path, String content) {
    return call(
        text,
        "str_replace_based_edit_tool",
        Map.of("command", "create", "path", path, "file_text", content));
  }

  /** Reports on a task. */
  static Reply report(String verdict, String detail) {
    return call("", "report", Map.of("verdict", verdict, "detail", detail));
  }

  /** Says something and calls any tool. */
  static Reply call(String text, String tool, Map<String, Object> input) {
    return new Reply.Say(text, List.of(new Call(tool, input)), "tool_use");
  }
}
