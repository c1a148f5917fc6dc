package io.hyperloop.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request of the Messages API, and finds in it what the real one would refuse. */
final class MessagesRequest {
  private static final int CACHE_MARKS_MAX = 4;

  private MessagesRequest() {}

  /** What is wrong with it; empty if nothing is. */
  static String fault(JsonNode request, boolean countOnly) {
    if (!request.path("model").isString()) {
      return "model: field required";
    }
    if (!countOnly && !request.path("max_tokens").isIntegralNumber()) {
      return "max_tokens: field required";
    }
    JsonNode messages = request.path("messages");
    if (messages.isEmpty() || !role(messages.get(0)).equals("user")) {
      return "messages: at least one is needed, and the first must be the user's";
    }
    if (request.findValues("cache_control").size() > CACHE_MARKS_MAX) {
      return "a maximum of 4 blocks with cache_control may be provided";
    }
    Set<String> open = new HashSet<>();
    for (JsonNode message : messages) {
      String fault = fault(message, open);
      if (!fault.isEmpty()) {
        return fault;
      }
    }
    return open.isEmpty() ? "" : "tool_use ids were found without tool_result blocks: " + open;
  }

  /** Calls must be answered in the very next message, and nothing else can be. */
  private static String fault(JsonNode message, Set<String> open) {
    boolean assistant = role(message).equals("assistant");
    Set<String> called = new HashSet<>();
    for (JsonNode block : blocks(message)) {
      switch (text(block, "type")) {
        case "text" -> {
          if (text(block, "text").isBlank()) {
            return "messages: text content blocks must contain non-whitespace text";
          }
        }
        case "tool_use" -> called.add(text(block, "id"));
        case "tool_result" -> {
          if (assistant || !open.remove(text(block, "tool_use_id"))) {
            return "unexpected tool_use_id in tool_result: " + text(block, "tool_use_id");
          }
        }
        default -> {
          // Images, documents, thinking: taken as they are.
        }
      }
    }
    if (!open.isEmpty()) {
      return "tool_use ids were found without tool_result blocks right after: " + open;
    }
    open.addAll(called);
    return "";
  }

  /** The conversation in it. */
  static Script.Said said(JsonNode request) {
    String prompt = "";
    String last = "";
    var results = new ArrayList<Script.ToolResult>();
    for (JsonNode message : request.path("messages")) {
      if (!role(message).equals("user")) {
        continue;
      }
      var texts = new StringBuilder();
      for (JsonNode block : blocks(message)) {
        switch (text(block, "type")) {
          case "text" -> texts.append(text(block, "text"));
          case "tool_result" ->
              results.add(
                  new Script.ToolResult(content(block), block.path("is_error").asBoolean(false)));
          default -> {
            // Nothing that a script looks at.
          }
        }
      }
      if (!texts.isEmpty()) {
        last = texts.toString();
        prompt = prompt.isEmpty() ? last : prompt;
        results.clear();
      }
    }
    return new Script.Said(content(request, "system"), prompt, last, results, request);
  }

  private static List<JsonNode> blocks(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isString() ? List.of(asBlock(message)) : List.copyOf(content.values());
  }

  private static JsonNode asBlock(JsonNode message) {
    var block = tools.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    return block.put("type", "text").put("text", text(message, "content"));
  }

  private static String content(JsonNode block) {
    return content(block, "content");
  }

  private static String content(JsonNode node, String key) {
    JsonNode content = node.path(key);
    if (content.isString()) {
      return content.stringValue();
    }
    var text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(text(part, "text")).append('\n');
    }
    return text.toString();
  }

  private static String role(JsonNode message) {
    return text(message, "role");
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }
}
