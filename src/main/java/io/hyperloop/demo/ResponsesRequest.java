package io.hyperloop.demo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a request of OpenAI's Responses API, and finds in it what the real one would refuse. */
final class ResponsesRequest {
  private ResponsesRequest() {}

  /** What is wrong with it; empty if nothing is. */
  static String fault(JsonNode request) {
    if (!request.path("model").isString()) {
      return "Missing required parameter: 'model'.";
    }
    if (request.path("input").isEmpty()) {
      return "Missing required parameter: 'input'.";
    }
    JsonNode format = request.path("text").path("format");
    if (format.path("strict").asBoolean(false)) {
      String fault = strictFault(format.path("schema"));
      if (!fault.isEmpty()) {
        return "Invalid schema for response_format '" + text(format, "name") + "': " + fault;
      }
    }
    Set<String> open = new HashSet<>();
    for (JsonNode item : request.path("input")) {
      String id = text(item, "call_id");
      switch (text(item, "type")) {
        case "function_call" -> open.add(id);
        case "function_call_output" -> {
          if (!open.remove(id)) {
            return "No tool call found for function call output with call_id " + id + ".";
          }
        }
        default -> {
          // Messages, reasoning and the like.
        }
      }
    }
    return open.isEmpty() ? "" : "No tool output found for function call " + open + ".";
  }

  /** A strict schema names all keys of an object as required, and allows no others. */
  private static String strictFault(JsonNode schema) {
    if (schema.path("type").asString("").equals("object")) {
      if (schema.path("additionalProperties").asBoolean(true)) {
        return "'additionalProperties' is required to be supplied and to be false.";
      }
      Set<String> required = new HashSet<>();
      schema.path("required").values().forEach(name -> required.add(name.asString("")));
      if (!required.containsAll(schema.path("properties").propertyNames())) {
        return "'required' is required to be an array including every key in properties.";
      }
    }
    for (JsonNode property : schema.path("properties")) {
      String fault = strictFault(property);
      if (!fault.isEmpty()) {
        return fault;
      }
    }
    return schema.path("items").isObject() ? strictFault(schema.path("items")) : "";
  }

  /** The conversation in it. */
  static Script.Said said(JsonNode request) {
    var system = new StringBuilder(text(request, "instructions")).append('\n');
    String prompt = "";
    String last = "";
    var results = new ArrayList<Script.ToolResult>();
    for (JsonNode item : request.path("input")) {
      switch (text(item, "type")) {
        case "message" -> {
          String said = words(item.path("content"));
          switch (text(item, "role")) {
            case "developer", "system" -> system.append(said);
            case "user" -> {
              last = said;
              // Programs tell of their surroundings before the user has spoken.
              prompt = prompt.isEmpty() && !said.startsWith("<") ? said : prompt;
              results.clear();
            }
            default -> {
              // What the model itself said.
            }
          }
        }
        case "function_call_output" -> {
          JsonNode output = item.path("output");
          results.add(
              new Script.ToolResult(
                  output.isString() ? output.stringValue() : words(output), false));
        }
        default -> {
          // Nothing that a script looks at.
        }
      }
    }
    return new Script.Said(system.toString(), prompt, last, results, request);
  }

  private static String words(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    var words = new StringBuilder();
    for (JsonNode part : content) {
      words.append(text(part, "text")).append('\n');
    }
    return words.toString();
  }

  private static String text(JsonNode node, String key) {
    return node.path(key).asString("");
  }
}
