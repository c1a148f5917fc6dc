package io.hyperloop.testing.github;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request, taken apart.
 *
 * @param path raw, below the root of the API
 * @param route as GitHub's description writes it, such as {@code /repos/{owner}/{repo}}; empty if
 *     it has none
 * @param places what stands where the route has names, decoded
 * @param account null if the token is missing or unknown
 * @param root where the API begins, for addresses in answers
 */
record Call(
    String method,
    String path,
    String route,
    Map<String, String> places,
    Map<String, String> query,
    JsonNode body,
    @Nullable Account account,
    String root) {

  String key() {
    return method + " " + route;
  }

  Account who() {
    return java.util.Objects.requireNonNull(account);
  }

  String place(String name) {
    return java.util.Objects.requireNonNull(places.get(name), name);
  }

  int number(String name) {
    try {
      return Integer.parseInt(place(name));
    } catch (NumberFormatException e) {
      throw new Refusal(404, "Not Found");
    }
  }

  @Nullable String text(String field) {
    return body.hasNonNull(field) ? body.path(field).asString() : null;
  }

  String text(String field, String otherwise) {
    String text = text(field);
    return text == null ? otherwise : text;
  }

  String param(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  static Map<String, String> query(@Nullable String raw) {
    var query = new LinkedHashMap<String, String>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&")) {
        int at = pair.indexOf('=');
        query.put(
            decoded(at < 0 ? pair : pair.substring(0, at)),
            at < 0 ? "" : decoded(pair.substring(at + 1)));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** A segment of a path, where a plus is a plus. */
  static String segment(String text) {
    return decoded(text.replace("+", "%2B"));
  }
}
