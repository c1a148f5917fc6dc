package io.hyperloop.adapter.agent.claude;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * The result line, with which a run of Claude Code ends.
 *
 * @param failed its {@code is_error}, which may be true beside subtype {@code success}
 * @param subtype such as {@code success} or {@code error_max_turns}
 * @param status of the API's last answer if that was an error, else 0
 * @param apiError what it calls that error, such as {@code usage_limit_reached}; may be empty
 * @param words its last words, or its errors
 * @param denied tools that it was not permitted to use
 * @param turns replies of the model
 */
record StreamResult(
    boolean failed,
    String subtype,
    int status,
    String apiError,
    String words,
    List<String> denied,
    int turns) {
  private static final int DENIED_MAX = 20;

  StreamResult {
    denied = List.copyOf(denied);
  }

  static StreamResult of(JsonNode line) {
    var words = new StringBuilder(line.path("result").asString(""));
    for (JsonNode error : line.path("errors")) {
      words.append(words.isEmpty() ? "" : "; ").append(error.asString(""));
    }
    List<String> denied =
        line.path("permission_denials").values().stream()
            .map(denial -> denial.path("tool_name").asString("a tool"))
            .distinct()
            .limit(DENIED_MAX)
            .toList();
    return new StreamResult(
        line.path("is_error").asBoolean(false),
        line.path("subtype").asString(""),
        line.path("api_error_status").asInt(0),
        line.path("api_error").asString(line.path("api_error_type").asString("")),
        words.toString(),
        denied,
        line.path("num_turns").asInt(0));
  }
}
