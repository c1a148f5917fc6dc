package io.hyperloop.testing.github;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of GitHub's OpenAPI description that says what may be sent and what comes back. */
final class OpenApiExcerpt {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Set<String> PROSE =
      Set.of("description", "summary", "example", "examples", "externalDocs", "tags");

  private OpenApiExcerpt() {}

  /**
   * Cuts it out.
   *
   * @param operations such as {@code GET /user}
   */
  static ObjectNode of(JsonNode description, List<String> operations) {
    ObjectNode excerpt = JSON.createObjectNode();
    excerpt.set("openapi", description.path("openapi"));
    excerpt.putObject("info").set("license", description.path("info").path("license"));
    ObjectNode paths = excerpt.putObject("paths");
    for (String operation : operations) {
      String method =
          operation.substring(0, operation.indexOf(' ')).toLowerCase(java.util.Locale.ROOT);
      String path = operation.substring(operation.indexOf(' ') + 1);
      JsonNode published = description.path("paths").path(path).path(method);
      if (published.isMissingNode()) {
        throw new IllegalArgumentException("GitHub publishes no operation " + operation);
      }
      paths.withObjectProperty(path).set(method, withoutErrors((ObjectNode) plain(published)));
    }
    addComponents(description, excerpt);
    return excerpt;
  }

  private static ObjectNode withoutErrors(ObjectNode operation) {
    ObjectNode responses = JSON.createObjectNode();
    operation
        .path("responses")
        .forEachEntry((status, response) -> {
          if (status.startsWith("2") || status.startsWith("3")) {
            responses.set(status, response);
          }
        });
    operation.set("responses", responses);
    return operation;
  }

  /** What is pointed at, and what that points at. */
  private static void addComponents(JsonNode description, ObjectNode excerpt) {
    var open = new ArrayDeque<String>(references(excerpt));
    while (!open.isEmpty()) {
      String pointer = open.pop().substring(1);
      if (excerpt.at(pointer).isMissingNode()) {
        String[] steps = pointer.substring(1).split("/");
        ObjectNode group = excerpt.withObjectProperty(steps[0]).withObjectProperty(steps[1]);
        JsonNode component = plain(description.at(pointer));
        group.set(steps[2], component);
        open.addAll(references(component));
      }
    }
  }

  private static List<String> references(JsonNode node) {
    return node.findValues("$ref").stream()
        .filter(JsonNode::isString)
        .map(JsonNode::asString)
        .toList();
  }

  /** Without what is only for people. */
  private static JsonNode plain(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode plain = JSON.createObjectNode();
        object.forEachEntry((key, value) -> {
          if (key.equals("properties")) {
            ObjectNode properties = plain.putObject(key);
            value.forEachEntry((name, schema) -> properties.set(name, plain(schema)));
          } else if (!PROSE.contains(key) && !key.startsWith("x-")) {
            plain.set(key, plain(value));
          }
        });
        yield plain;
      }
      case ArrayNode array -> {
        ArrayNode plain = JSON.createArrayNode();
        array.forEach(item -> plain.add(plain(item)));
        yield plain;
      }
      default -> node;
    };
  }
}
