package io.hyperloop.testing.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param body made JSON of; null for none; a String goes as it is
 */
record Answer(int status, @Nullable Object body, Map<String, String> headers) {
  private static final int PER_PAGE = 30;
  private static final int PER_PAGE_MAX = 100;

  static Answer ok(Object body) {
    return new Answer(200, body, Map.of());
  }

  static Answer of(int status, @Nullable Object body) {
    return new Answer(status, body, Map.of());
  }

  /** GitHub's way of saying no. */
  static Answer no(Refusal refusal) {
    Map<String, Object> body = object("message", refusal.getMessage());
    if (!refusal.errors.isEmpty()) {
      body.put("errors", refusal.errors);
    }
    body.put("documentation_url", "https://docs.github.com/rest");
    body.put("status", String.valueOf(refusal.status));
    return of(refusal.status, body);
  }

  /** One page of many, and how to come to the next. */
  static Answer page(Call call, List<?> all) {
    return page(call, all, null);
  }

  /** As {@link #page(Call, List)}, for answers that put the list under a name. */
  static Answer page(Call call, List<?> all, @Nullable String under) {
    int size = Math.min(number(call, "per_page", PER_PAGE), PER_PAGE_MAX);
    int page = Math.max(number(call, "page", 1), 1);
    int from = Math.min((page - 1) * size, all.size());
    int to = Math.min(from + size, all.size());
    var headers = new LinkedHashMap<String, String>();
    if (to < all.size()) {
      headers.put("Link", "<" + address(call, page + 1, size) + ">; rel=\"next\"");
    }
    List<?> slice = all.subList(from, to);
    Object body = under == null ? slice : object("total_count", all.size(), under, slice);
    return new Answer(200, body, headers);
  }

  private static String address(Call call, int page, int size) {
    var query = new LinkedHashMap<>(call.query());
    query.put("per_page", String.valueOf(size));
    query.put("page", String.valueOf(page));
    var text = new StringBuilder(call.root()).append(call.path());
    char mark = '?';
    for (Map.Entry<String, String> entry : query.entrySet()) {
      text.append(mark)
          .append(entry.getKey())
          .append('=')
          .append(
              java.net.URLEncoder.encode(
                  entry.getValue(), java.nio.charset.StandardCharsets.UTF_8));
      mark = '&';
    }
    return text.toString();
  }

  private static int number(Call call, String name, int otherwise) {
    try {
      return Integer.parseInt(call.param(name, String.valueOf(otherwise)));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /** Keys and values in turn; a value may be null. */
  static Map<String, Object> object(@Nullable Object... keysAndValues) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      put(object, String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return object;
  }

  @SuppressWarnings("NullAway") // JSON knows null
  private static void put(Map<String, Object> object, String key, @Nullable Object value) {
    object.put(key, value);
  }
}
