package io.hyperloop.adapter.github;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** What GitHub answered. */
@SuppressWarnings("ArrayRecordComponent") // read once by whoever asked, never compared
record Reply(String method, URI uri, int status, HttpHeaders headers, byte[] body) {
  private static final int DEPTH_MAX = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
                  .build())
          .build();
  private static final int MESSAGE_MAX = 500;
  private static final int TEXT_MAX = 64 << 10;

  boolean ok() {
    return status >= 200 && status < 300;
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The body; missing if it is not JSON. */
  JsonNode json() {
    try {
      return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  /** Why not, in GitHub's words and in one line. */
  String message() {
    return message(new String(body, 0, Math.min(body.length, TEXT_MAX), StandardCharsets.UTF_8));
  }

  /** The same of a body that is text. */
  static String message(String body) {
    JsonNode json;
    try {
      json = body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JacksonException e) {
      json = MissingNode.getInstance();
    }
    var text = new StringBuilder(json.path("message").asString(""));
    for (JsonNode error : json.path("errors")) {
      String more =
          error.isString()
              ? error.asString()
              : error.path("message").asString(error.path("code").asString(""));
      text.append(text.isEmpty() || more.isEmpty() ? "" : ": ").append(more);
    }
    if (text.isEmpty() && json.isMissingNode()) {
      text.append(body);
    }
    String line = text.toString().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= MESSAGE_MAX ? line : line.substring(0, MESSAGE_MAX) + "...";
  }
}
