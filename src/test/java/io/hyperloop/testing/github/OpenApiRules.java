package io.hyperloop.testing.github;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * GitHub's published description of REST as a judge of what is sent to the double, and of what the
 * double sends back: fields that GitHub does not know are wrong in both, and in a request so are
 * missing ones.
 */
final class OpenApiRules {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REQUESTS = "https://github.test/requests.json";
  private static final String ANSWERS = "https://github.test/answers.json";
  private static final OpenApiRules PUBLISHED = new OpenApiRules();

  private final JsonNode description = JSON.readTree(PublishedExcerpt.openApi());
  private final Map<String, Pattern> routes = new LinkedHashMap<>();
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry;

  private OpenApiRules() {
    description.path("paths").propertyNames().forEach(path -> routes.put(path, pattern(path)));
    JsonNode answers = closed(description.deepCopy(), false);
    registry =
        SchemaRegistry.withDefaultDialect(
            Dialects.getOpenApi30(),
            builder ->
                builder.schemas(
                    Map.of(REQUESTS, description.toString(), ANSWERS, answers.toString())));
  }

  static OpenApiRules published() {
    return PUBLISHED;
  }

  /** Names hold no slash, except refs, whose slashes GitHub takes as they are. */
  private static Pattern pattern(String route) {
    String quoted = route.replaceAll("\\{ref}$", "(.+)").replaceAll("\\{[^}]+}", "([^/]+)");
    return Pattern.compile(quoted);
  }

  /** The route that a path takes; empty if GitHub has none. */
  String route(String method, String path) {
    for (Map.Entry<String, Pattern> route : routes.entrySet()) {
      if (route.getValue().matcher(path).matches()
          && description.path("paths").path(route.getKey()).has(method.toLowerCase(Locale.ROOT))) {
        return route.getKey();
      }
    }
    return "";
  }

  /** What stands where the route has names. */
  Map<String, String> places(String route, String path) {
    var places = new LinkedHashMap<String, String>();
    Pattern pattern = routes.get(route);
    if (pattern != null) {
      Matcher names = Pattern.compile("\\{([^}]+)}").matcher(route);
      Matcher values = pattern.matcher(path);
      if (values.matches()) {
        for (int i = 1; names.find(); i++) {
          places.put(names.group(1), Call.segment(values.group(i)));
        }
      }
    }
    return places;
  }

  /** All that is wrong with a request. */
  List<String> faults(Call call) {
    if (call.route().isEmpty()) {
      return List.of("no such operation: " + call.method() + " " + call.path());
    }
    JsonNode operation = operation(call);
    var faults = new ArrayList<String>();
    call.query().forEach((name, value) -> query(operation, name, value, faults));
    JsonNode body = operation.at("/requestBody/content/application~1json/schema");
    boolean given = !call.body().isMissingNode() && !call.body().isNull();
    if (body.isMissingNode()) {
      if (given && !call.body().isEmpty()) {
        faults.add("takes no body, and was given " + call.body());
      }
    } else if (given) {
      known(body, call.body(), faults);
      schema(REQUESTS, call, "/requestBody/content/application~1json/schema")
          .validate(call.body())
          .forEach(error -> faults.add(text(error)));
    } else if (operation.at("/requestBody/required").asBoolean(false)) {
      faults.add("needs a body");
    }
    return faults.stream().map(fault -> call.key() + ": " + fault).toList();
  }

  /** All that is wrong with what the double says. */
  List<String> faults(Call call, Answer answer) {
    if (call.route().isEmpty() || answer.status() >= 400) {
      return List.of();
    }
    JsonNode response = operation(call).path("responses").path(String.valueOf(answer.status()));
    if (response.isMissingNode()) {
      return List.of(call.key() + " never answers " + answer.status());
    }
    JsonNode target = response;
    String pointer = "/responses/" + answer.status();
    if (target.has("$ref") || target.at("/content/application~1json/schema").isMissingNode()) {
      return List.of();
    }
    return schema(ANSWERS, call, pointer + "/content/application~1json/schema")
        .validate(JSON.valueToTree(answer.body()))
        .stream()
        .map(error -> "the double's answer to " + call.key() + ": " + text(error))
        .toList();
  }

  private void query(JsonNode operation, String name, String value, List<String> faults) {
    for (JsonNode parameter : operation.path("parameters")) {
      JsonNode resolved = resolved(parameter);
      if (resolved.path("in").asString("").equals("query")
          && resolved.path("name").asString("").equals(name)) {
        JsonNode allowed = resolved.at("/schema/enum");
        boolean number = resolved.at("/schema/type").asString("").equals("integer");
        if (number && !value.matches("-?\\d+")) {
          faults.add("query parameter " + name + " is no number: " + value);
        }
        if (allowed.isArray()
            && allowed.valueStream().noneMatch(one -> one.asString("").equals(value))) {
          faults.add("query parameter " + name + " cannot be " + value);
        }
        return;
      }
    }
    faults.add("has no query parameter " + name);
  }

  /** GitHub ignores fields that it does not know; sending one is a mistake all the same. */
  private static void known(JsonNode schema, JsonNode body, List<String> faults) {
    JsonNode properties = schema.path("properties");
    if (body.isObject() && properties.isObject()) {
      for (String name : body.propertyNames()) {
        if (!properties.has(name)) {
          faults.add("has no field " + name);
        }
      }
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? description.at(node.path("$ref").asString().substring(1)) : node;
  }

  private JsonNode operation(Call call) {
    return description
        .path("paths")
        .path(call.route())
        .path(call.method().toLowerCase(Locale.ROOT));
  }

  private Schema schema(String document, Call call, String below) {
    String pointer =
        "/paths/"
            + call.route()
                .replace("~", "~0")
                .replace("/", "~1")
                .replace("{", "%7B")
                .replace("}", "%7D")
            + "/"
            + call.method().toLowerCase(Locale.ROOT)
            + below;
    return schemas.computeIfAbsent(
        document + "#" + pointer, address -> registry.getSchema(SchemaLocation.of(address)));
  }

  private static String text(Error error) {
    return error.getInstanceLocation() + " " + error.getMessage();
  }

  /** The double says less than GitHub, so nothing is required; but what it says must be known. */
  private static JsonNode closed(JsonNode node, boolean open) {
    if (node instanceof ObjectNode object) {
      object.remove("required");
      if (object.has("oneOf")) {
        object.set("anyOf", object.remove("oneOf"));
      }
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        boolean part = entry.getKey().equals("allOf") || entry.getKey().equals("anyOf");
        var unused = closed(entry.getValue(), part);
      }
      if (!open && object.path("properties").isObject() && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    } else {
      node.forEach(item -> {
        var unused = closed(item, open);
      });
    }
    return node;
  }
}
