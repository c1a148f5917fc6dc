package io.hyperloop.demo;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes replies of the Messages API: as one object, or as server-sent events. */
final class MessagesReply implements Dialect.Reply {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PIECE = 64;
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final String model;
  private final int turn;
  private final int inputTokens;

  MessagesReply(JsonNode request) {
    this.model = request.path("model").asString("");
    this.turn = request.path("messages").size();
    this.inputTokens = tokens(request.toString());
  }

  static int tokens(String text) {
    return 1 + text.length() / CHARACTERS_PER_TOKEN;
  }

  static byte[] error(Script.Reply.Fail fail) {
    ObjectNode error = JSON.createObjectNode().put("type", "error");
    error.putObject("error").put("type", fail.type()).put("message", fail.message());
    return JSON.writeValueAsBytes(error);
  }

  @Override
  public byte[] whole(Script.Reply.Say say) {
    ObjectNode message = message();
    ArrayNode content = message.putArray("content");
    if (!say.text().isEmpty()) {
      content.addObject().put("type", "text").put("text", say.text());
    }
    for (int i = 0; i < say.calls().size(); i++) {
      ObjectNode block = toolUse(say.calls().get(i), i);
      block.set("input", JSON.valueToTree(say.calls().get(i).input()));
      content.add(block);
    }
    message.put("stop_reason", say.stopReason());
    message.withObject("usage").put("output_tokens", tokens(content.toString()));
    return JSON.writeValueAsBytes(message);
  }

  @Override
  public byte[] events(Script.Reply.Say say) {
    var out = new StringBuilder(start());
    int index = 0;
    if (!say.text().isEmpty()) {
      out.append(blockStart(index, textBlock()));
      for (String piece : pieces(say.text())) {
        out.append(delta(index, "text_delta", "text", piece));
      }
      out.append(blockStop(index++));
    }
    for (int i = 0; i < say.calls().size(); i++) {
      Script.Call call = say.calls().get(i);
      out.append(blockStart(index, toolUse(call, i)));
      for (String piece : pieces(JSON.writeValueAsString(call.input()))) {
        out.append(delta(index, "input_json_delta", "partial_json", piece));
      }
      out.append(blockStop(index++));
    }
    ObjectNode end = JSON.createObjectNode();
    end.putObject("delta").put("stop_reason", say.stopReason()).putNull("stop_sequence");
    end.putObject("usage").put("output_tokens", tokens(out.toString()));
    out.append(event("message_delta", end));
    out.append(event("message_stop", JSON.createObjectNode()));
    return bytes(out);
  }

  @Override
  public byte[] beginning(String text) {
    return bytes(start() + blockStart(0, textBlock()) + delta(0, "text_delta", "text", text));
  }

  @Override
  public byte[] piece(String text) {
    return bytes(delta(0, "text_delta", "text", text));
  }

  private String start() {
    ObjectNode start = JSON.createObjectNode();
    start.set("message", message());
    return event("message_start", start) + event("ping", JSON.createObjectNode());
  }

  private ObjectNode message() {
    ObjectNode message = JSON.createObjectNode();
    message.put("id", "msg_scripted_" + turn).put("type", "message").put("role", "assistant");
    message.put("model", model).putArray("content");
    message.putNull("stop_reason").putNull("stop_sequence");
    message
        .putObject("usage")
        .put("input_tokens", inputTokens)
        .put("cache_creation_input_tokens", 0)
        .put("cache_read_input_tokens", 0)
        .put("output_tokens", 1);
    return message;
  }

  private static ObjectNode textBlock() {
    return JSON.createObjectNode().put("type", "text").put("text", "");
  }

  private ObjectNode toolUse(Script.Call call, int index) {
    ObjectNode block = JSON.createObjectNode().put("type", "tool_use");
    block.put("id", "toolu_scripted_" + turn + "_" + index).put("name", call.tool());
    block.putObject("input");
    return block;
  }

  private static String blockStart(int index, ObjectNode block) {
    ObjectNode start = JSON.createObjectNode().put("index", index);
    start.set("content_block", block);
    return event("content_block_start", start);
  }

  private static String blockStop(int index) {
    return event("content_block_stop", JSON.createObjectNode().put("index", index));
  }

  private static String delta(int index, String type, String key, String value) {
    ObjectNode delta = JSON.createObjectNode().put("index", index);
    delta.putObject("delta").put("type", type).put(key, value);
    return event("content_block_delta", delta);
  }

  private static String event(String name, ObjectNode content) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", name);
    content.properties().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
  }

  private static List<String> pieces(String text) {
    var pieces = new java.util.ArrayList<String>();
    for (int at = 0; at < text.length(); at += PIECE) {
      pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
    }
    return pieces;
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
