package io.hyperloop.demo;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes replies of OpenAI's Responses API: as one object, or as server-sent events. */
final class ResponsesReply implements Dialect.Reply {
  private static final JsonMapper JSON = new JsonMapper();

  private final String model;
  private final int turn;
  private final int inputTokens;

  ResponsesReply(JsonNode request) {
    this.model = request.path("model").asString("");
    this.turn = request.path("input").size();
    this.inputTokens = MessagesReply.tokens(request.toString());
  }

  static byte[] error(Script.Reply.Fail fail) {
    ObjectNode error = JSON.createObjectNode();
    error
        .putObject("error")
        .put("type", fail.type())
        .put("code", fail.type())
        .put("message", fail.message());
    return JSON.writeValueAsBytes(error);
  }

  @Override
  public byte[] whole(Script.Reply.Say say) {
    return JSON.writeValueAsBytes(completed(say));
  }

  @Override
  public byte[] events(Script.Reply.Say say) {
    var out = new StringBuilder(created());
    ObjectNode whole = completed(say);
    int index = 0;
    for (JsonNode item : whole.path("output")) {
      ObjectNode done = JSON.createObjectNode().put("output_index", index++);
      done.set("item", item);
      out.append(event("response.output_item.done", done));
    }
    ObjectNode end = JSON.createObjectNode();
    end.set("response", whole);
    return bytes(out.append(event("response.completed", end)));
  }

  @Override
  public byte[] beginning(String text) {
    ObjectNode added = JSON.createObjectNode().put("output_index", 0);
    added.set("item", message("", "in_progress"));
    return bytes(created() + event("response.output_item.added", added) + delta(text));
  }

  @Override
  public byte[] piece(String text) {
    return bytes(delta(text));
  }

  private String created() {
    ObjectNode created = JSON.createObjectNode();
    created.set("response", response("in_progress"));
    return event("response.created", created);
  }

  private ObjectNode response(String status) {
    return JSON.createObjectNode()
        .put("id", "resp_scripted_" + turn)
        .put("object", "response")
        .put("status", status)
        .put("model", model);
  }

  private ObjectNode completed(Script.Reply.Say say) {
    ObjectNode response = response("completed");
    ArrayNode output = response.putArray("output");
    if (!say.text().isEmpty()) {
      output.add(message(say.text(), "completed"));
    }
    for (int i = 0; i < say.calls().size(); i++) {
      Script.Call call = say.calls().get(i);
      output
          .addObject()
          .put("type", "function_call")
          .put("id", "fc_scripted_" + turn + "_" + i)
          .put("call_id", "call_scripted_" + turn + "_" + i)
          .put("name", call.tool())
          .put("arguments", JSON.writeValueAsString(call.input()))
          .put("status", "completed");
    }
    int outputTokens = MessagesReply.tokens(output.toString());
    ObjectNode usage = response.putObject("usage");
    usage
        .put("input_tokens", inputTokens)
        .putObject("input_tokens_details")
        .put("cached_tokens", 0);
    usage
        .put("output_tokens", outputTokens)
        .put("total_tokens", inputTokens + outputTokens)
        .putObject("output_tokens_details")
        .put("reasoning_tokens", 0);
    return response;
  }

  private ObjectNode message(String text, String status) {
    ObjectNode message =
        JSON.createObjectNode()
            .put("type", "message")
            .put("id", "msg_scripted_" + turn)
            .put("role", "assistant")
            .put("status", status);
    ArrayNode content = message.putArray("content");
    if (!text.isEmpty()) {
      content.addObject().put("type", "output_text").put("text", text);
    }
    return message;
  }

  private String delta(String text) {
    return event(
        "response.output_text.delta",
        JSON.createObjectNode()
            .put("item_id", "msg_scripted_" + turn)
            .put("output_index", 0)
            .put("content_index", 0)
            .put("delta", text));
  }

  private static String event(String name, ObjectNode content) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("type", name);
    content.properties().forEach(entry -> data.put(entry.getKey(), entry.getValue()));
    return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
