package io.hyperloop.adapter.agent.codex;

import io.hyperloop.adapter.agent.JsonLines;
import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.adapter.agent.Transcript;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what {@code codex exec --json} prints: writes it down for people, and keeps what decides
 * about the end. Lines of a kind that is not known are signs of life and nothing else.
 */
final class CodexStream implements JsonLines.Reader {
  private static final JsonMapper JSON = new JsonMapper();

  private final Transcript transcript;
  private final Monitor monitor;
  private final Consumer<String> onThread;
  private String error = "";
  private @Nullable String last;
  private @Nullable JsonNode usage;
  private boolean completed;

  /**
   * Of one run.
   *
   * @param onThread is told the conversation's id as soon as that is known
   */
  CodexStream(Transcript transcript, Monitor monitor, Consumer<String> onThread) {
    this.transcript = transcript;
    this.monitor = monitor;
    this.onThread = onThread;
  }

  /** Whether its turn came to its end. */
  synchronized boolean completed() {
    return completed;
  }

  /** What it last said went wrong; empty if nothing did. */
  synchronized String error() {
    return error;
  }

  /** What its conversation has used, earlier runs of it included; null if that was not told. */
  synchronized @Nullable JsonNode usage() {
    return usage;
  }

  /** Its last message, if that is a JSON object; else null. */
  synchronized @Nullable JsonNode report() {
    return last == null ? null : object(last);
  }

  @Override
  public synchronized void text(String line) {
    monitor.stirred();
    transcript.say("Codex: " + line);
  }

  @Override
  public synchronized void object(JsonNode line) {
    monitor.stirred();
    JsonNode item = line.path("item");
    switch (line.path("type").asString("")) {
      case "thread.started" -> {
        String thread = line.path("thread_id").asString("");
        if (thread.matches("[0-9a-f-]{36}")) {
          monitor.session(thread);
          onThread.accept(thread);
        }
      }
      case "item.started" -> began(item);
      case "item.completed" -> ended(item);
      case "turn.completed" -> {
        completed = true;
        usage = line.path("usage");
      }
      case "turn.failed" -> error = line.path("error").path("message").asString("");
      case "error" -> {
        error = line.path("message").asString("");
        transcript.say("Codex: " + error);
      }
      default -> {
        // Later versions say more.
      }
    }
  }

  private void began(JsonNode item) {
    switch (item.path("type").asString("")) {
      case "command_execution" -> transcript.call("shell", item.path("command").asString(""));
      case "mcp_tool_call" ->
          transcript.call(
              item.path("server").asString("") + "." + item.path("tool").asString(""),
              item.path("arguments").toString());
      default -> {
        // Shown when it has ended.
      }
    }
  }

  private void ended(JsonNode item) {
    switch (item.path("type").asString("")) {
      case "agent_message" -> said(item.path("text").asString(""));
      case "command_execution" -> {
        int exit = item.path("exit_code").asInt(0);
        transcript.result(
            item.path("aggregated_output").asString("")
                + (exit == 0 ? "" : "\n[exit code " + exit + "]"),
            exit != 0);
      }
      case "mcp_tool_call" ->
          transcript.result(
              item.path("result").toString(), item.path("status").asString("").equals("failed"));
      case "file_change" ->
          transcript.call(
              "edit",
              item.path("changes").values().stream()
                  .map(change ->
                      change.path("kind").asString("") + " " + change.path("path").asString(""))
                  .collect(Collectors.joining(", ")));
      case "web_search" -> transcript.call("web search", item.path("query").asString(""));
      case "error" -> transcript.say("Codex: " + item.path("message").asString(""));
      default -> {
        // What it thinks and plans is its own.
      }
    }
  }

  private void said(String text) {
    last = text;
    if (object(text) != null) {
      transcript.call("report", text);
      return;
    }
    transcript.text(text);
    transcript.endOfText();
  }

  private static @Nullable JsonNode object(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(text);
      return node.isObject() ? node : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
