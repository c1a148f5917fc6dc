package io.hyperloop.adapter.inbox;

import io.hyperloop.domain.Request;
import io.hyperloop.domain.TaskId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request as JSON: {@code {"kind": "approve", "task": "task-001", "gate": "review"}}. */
final class RequestFile {
  /** The longest text of an answer, in characters. */
  private static final int TEXT_MAX = 64 << 10;

  private static final int NAME_MAX = 4_096;
  private static final int SPECS_MAX = 10_000;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private RequestFile() {}

  static byte[] write(Request request) {
    ObjectNode node = JSON.createObjectNode();
    switch (request) {
      case Request.Approve r -> {
        node.put("kind", "approve").put("task", r.task().toString()).put("gate", r.gate());
        if (r.head() != null) {
          node.put("head", r.head());
        }
      }
      case Request.AnswerTask r ->
          node.put("kind", "answer").put("task", r.task().toString()).put("text", r.text());
      case Request.Retry r ->
          node.put("kind", "retry").put("task", r.task().toString()).put("text", r.text());
      case Request.AnswerSpec r ->
          node.put("kind", "answer").put("spec", r.spec()).put("text", r.text());
      case Request.Accept r -> {
        ObjectNode blobs = node.put("kind", "accept").putObject("blobs");
        r.blobs().forEach(blobs::put);
      }
    }
    return JSON.writeValueAsBytes(node);
  }

  /**
   * Reads what {@link #write} gave.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Request read(String id, byte[] json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (!node.isObject()) {
      throw new IllegalArgumentException("not a JSON object");
    }
    return switch (text(node, "kind", NAME_MAX)) {
      case "approve" ->
          new Request.Approve(id, task(node), text(node, "gate", NAME_MAX), head(node));
      case "answer" ->
          node.has("task")
              ? new Request.AnswerTask(id, task(node), text(node, "text", TEXT_MAX))
              : new Request.AnswerSpec(
                  id, text(node, "spec", NAME_MAX), text(node, "text", TEXT_MAX));
      case "retry" -> new Request.Retry(id, task(node), textOrEmpty(node));
      case "accept" -> new Request.Accept(id, blobs(node));
      default -> throw new IllegalArgumentException("unknown kind");
    };
  }

  private static TaskId task(JsonNode node) {
    return TaskId.parse(text(node, "task", NAME_MAX));
  }

  private static @Nullable String head(JsonNode node) {
    return node.has("head") ? objectName(text(node, "head", NAME_MAX)) : null;
  }

  private static SortedMap<String, String> blobs(JsonNode node) {
    JsonNode given = node.path("blobs");
    if (!given.isObject() || given.isEmpty() || given.size() > SPECS_MAX) {
      throw new IllegalArgumentException("blobs: 1 to " + SPECS_MAX + " specs expected");
    }
    var blobs = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (entry.getKey().isBlank() || entry.getKey().length() > NAME_MAX) {
        throw new IllegalArgumentException("blobs: a path is empty or too long");
      }
      blobs.put(entry.getKey(), objectName(text(given, entry.getKey(), NAME_MAX)));
    }
    return blobs;
  }

  private static String objectName(String text) {
    if (!text.matches("[0-9a-f]{40}")) {
      throw new IllegalArgumentException("an object's name is 40 hex digits");
    }
    return text;
  }

  private static String textOrEmpty(JsonNode node) {
    return node.path("text").stringValue("").isBlank() ? "" : text(node, "text", TEXT_MAX);
  }

  private static String text(JsonNode node, String key, int lengthMax) {
    JsonNode value = node.path(key);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException(key + ": text expected");
    }
    String text = value.stringValue();
    if (text.length() > lengthMax) {
      throw new IllegalArgumentException(key + ": longer than " + lengthMax + " characters");
    }
    return text;
  }
}
