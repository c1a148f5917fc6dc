package io.hyperloop.adapter.github;

import io.hyperloop.port.PortFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries and mutations, and what GitHub says to them. */
final class GraphQl {
  private static final JsonMapper JSON = new JsonMapper();

  private final Wire wire;
  private final Rests rests;
  private final Refusals refusals;

  GraphQl(Wire wire, Rests rests, Refusals refusals) {
    this.wire = wire;
    this.rests = rests;
    this.refusals = refusals;
  }

  /**
   * What came of one.
   *
   * @param data missing if nothing came of it
   */
  record Result(JsonNode data, List<Fault> errors, Reply reply) {
    boolean has(String type) {
      return errors.stream().anyMatch(error -> error.type().equals(type));
    }

    /** The first error's message. */
    String said() {
      return errors.isEmpty() ? "" : errors.getFirst().message();
    }
  }

  /**
   * One thing that GitHub did not like.
   *
   * @param type such as {@code NOT_FOUND}
   * @param path where in the answer, such as {@code repository/p1/commits}
   */
  record Fault(String type, String path, String message) {}

  /**
   * Asks.
   *
   * @throws PortFailure if it is not a question of what was asked: no scope, no points left, an
   *     answer that is none
   */
  Result ask(String query, Map<String, Object> variables) {
    Reply reply =
        wire.graphQl(JSON.writeValueAsString(Map.of("query", query, "variables", variables)));
    JsonNode json = reply.json();
    List<Fault> errors =
        json.path("errors")
            .valueStream()
            .map(error ->
                new Fault(
                    error.path("type").asString(""),
                    error
                        .path("path")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.joining("/")),
                    error.path("message").asString("")))
            .toList();
    var result = new Result(json.path("data"), errors, reply);
    if (result.has("RATE_LIMITED")) {
      throw rests.spent(reply);
    }
    if (result.has("INSUFFICIENT_SCOPES")) {
      throw refusals.lacking(result.said());
    }
    if (!json.isObject() || (errors.isEmpty() && !json.has("data"))) {
      throw refusals.unreachable("GitHub's answer is none", "POST " + reply.uri().getPath());
    }
    return result;
  }
}
