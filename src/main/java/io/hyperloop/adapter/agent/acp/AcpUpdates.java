package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.Transcript;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes an agent's session updates down for people. An agent may tell of one tool call many times,
 * and of its input late: each is shown once with its input, and once with what came of it.
 */
final class AcpUpdates {
  /** Calls that are told of and never end. */
  private static final int OPEN_MAX = 1_000;

  private final Transcript transcript;
  private final AcpUsage usage;

  /** Tool calls that have not ended, by id. */
  private final Map<String, Call> open =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Call> eldest) {
          return size() > OPEN_MAX;
        }
      };

  private boolean replayed;

  /** What is known of a call. */
  private record Call(String title, boolean shown) {}

  AcpUpdates(Transcript transcript, AcpUsage usage) {
    this.transcript = transcript;
    this.usage = usage;
  }

  /** Whether what comes now is a conversation of before, told again. */
  synchronized void replayed(boolean now) {
    replayed = now;
  }

  /** Closes what the agent was saying. */
  synchronized void over() {
    transcript.endOfText();
  }

  /** Takes the parameters of one notification. */
  synchronized void take(JsonNode params) {
    JsonNode update = params.path("update");
    String kind = update.path("sessionUpdate").asString("");
    if (kind.equals("usage_update")) {
      usage.update(update, replayed);
    }
    if (replayed) {
      return;
    }
    switch (kind) {
      case "agent_message_chunk" -> transcript.text(words(update.path("content")));
      case "tool_call", "tool_call_update" -> tool(update);
      default -> {
        // What it thinks and plans, and notes for user interfaces.
      }
    }
  }

  private void tool(JsonNode update) {
    String id = update.path("toolCallId").asString("");
    Call call = open.getOrDefault(id, new Call("tool", false));
    String title = update.path("title").asString(call.title());
    String status = update.path("status").asString("");
    boolean over = status.equals("completed") || status.equals("failed");
    String input = input(update.path("rawInput"));
    boolean shown = call.shown();
    // What is still pending may not yet have its input.
    boolean begun = status.equals("in_progress") && !input.isEmpty();
    if (!shown && (over || begun)) {
      transcript.call(title, input);
      shown = true;
    }
    if (over) {
      open.remove(id);
      transcript.result(result(update), status.equals("failed"));
    } else {
      open.put(id, new Call(title, shown));
    }
  }

  private static String input(JsonNode input) {
    if (input.isMissingNode() || input.isNull() || (input.isEmpty() && !input.isString())) {
      return "";
    }
    for (String key : new String[] {"command", "filePath", "file_path", "path"}) {
      if (input.path(key).isString()) {
        return input.path(key).stringValue();
      }
    }
    return input.isString() ? input.stringValue() : input.toString();
  }

  private static String result(JsonNode update) {
    var words = new StringBuilder();
    for (JsonNode part : update.path("content")) {
      switch (part.path("type").asString("")) {
        case "content" -> words.append(words(part.path("content"))).append('\n');
        case "diff" ->
            words.append("[changed ").append(part.path("path").asString("")).append("]\n");
        default -> {
          // A terminal of ours, which we do not offer.
        }
      }
    }
    JsonNode raw = update.path("rawOutput");
    return words.isEmpty() ? raw.path("output").asString(raw.asString("")) : words.toString();
  }

  private static String words(JsonNode content) {
    return content.path("type").asString("").equals("text")
        ? content.path("text").asString("")
        : "[" + content.path("type").asString("") + "]";
  }
}
