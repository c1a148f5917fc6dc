package io.hyperloop.config;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A validator's findings in words that say what to type instead. */
final class SchemaMessages {
  private SchemaMessages() {}

  /**
   * The fault that a finding is about; nothing where another finding says it better.
   *
   * @param schema the schema's root, in which the finding's location is looked up
   */
  static Optional<Fault> fault(JsonNode schema, YamlNode document, Error error) {
    String path = error.getEvaluationPath().toString();
    if (path.contains("/oneOf/") || path.contains("/dependentSchemas/")) {
      return Optional.empty();
    }
    String pointer = error.getInstanceLocation().toString();
    JsonNode rule = schema.at(location(error));
    String key = Fault.dotted(pointer);
    String found = " is " + YamlNode.describe(YamlNode.at(document, pointer));
    return Optional.of(
        switch (error.getKeyword()) {
          case "additionalProperties" -> unknownKey(schema, error, pointer);
          case "required" ->
              new Fault(
                  pointer,
                  (key.isEmpty() ? "" : key + ": ")
                      + "the key "
                      + error.getProperty()
                      + " is missing",
                  "add " + error.getProperty() + ":");
          case "propertyNames" -> name(pointer, error, key);
          case "type" ->
              new Fault(pointer, key + found, "write " + types(rule) + allowedText(schema, error));
          case "enum" ->
              new Fault(
                  pointer,
                  key + found,
                  Nearest.remedy(
                      YamlNode.at(document, pointer) instanceof YamlNode.Scalar s ? s.text() : "",
                      strings(rule)));
          case "const" -> new Fault(pointer, key + found, "write " + rule.asString());
          case "minimum" -> new Fault(pointer, key + found, "write at least " + rule.asString());
          case "maximum" -> new Fault(pointer, key + found, "write at most " + rule.asString());
          case "pattern" -> new Fault(pointer, key + found, form(rule.asString()));
          case "minLength" ->
              new Fault(pointer, key + " is empty", "fill it in or leave the key out");
          case "maxLength" ->
              new Fault(
                  pointer, key + " is too long", "use at most " + rule.asString() + " letters");
          case "minItems" -> new Fault(pointer, key + " is an empty list", "add an item");
          case "uniqueItems" ->
              new Fault(pointer, key + " names the same twice", "keep one of them");
          case "maxItems", "maxProperties" ->
              new Fault(pointer, key + " has too many entries", "keep at most " + rule.asString());
          case "oneOf" ->
              new Fault(
                  pointer,
                  key + " has not exactly one of: " + String.join(", ", alternatives(rule)),
                  "keep exactly one of them; split the step if it has several");
          default -> new Fault(pointer, key + ": " + error.getMessage(), "");
        });
  }

  private static Fault unknownKey(JsonNode schema, Error error, String pointer) {
    String key = error.getProperty();
    String rule = location(error);
    JsonNode known =
        schema.at(
            rule.substring(0, rule.length() - "/additionalProperties".length()) + "/properties");
    String full = Fault.below(pointer, key);
    return new Fault(
        full,
        "unknown key \"" + Fault.dotted(full) + "\"",
        Nearest.remedy(key, List.copyOf(known.propertyNames())));
  }

  private static Fault name(String pointer, Error error, String key) {
    String name = String.valueOf(error.getProperty());
    String rule =
        error.getSchemaNode() == null ? "" : error.getSchemaNode().path("pattern").asString("");
    return new Fault(
        Fault.below(pointer, name), key + ": the name \"" + name + "\" is not allowed", form(rule));
  }

  private static String location(Error error) {
    return error.getSchemaLocation().getFragment().toString();
  }

  private static String types(JsonNode rule) {
    var names = new ArrayList<String>();
    for (String type : rule.isArray() ? strings(rule) : List.of(rule.asString())) {
      names.add(
          switch (type) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "string" -> "a text";
            case "array" -> "a list";
            case "object" -> "a mapping (indented keys)";
            default -> type;
          });
    }
    return String.join(" or ", names);
  }

  private static String allowedText(JsonNode schema, Error error) {
    String rule = location(error);
    JsonNode pattern = schema.at(rule.substring(0, rule.length() - "/type".length()) + "/pattern");
    return pattern.isString() && pattern.asString().contains("[smh]")
        ? ": seconds, or 90s, 10m, 2h"
        : "";
  }

  private static String form(String pattern) {
    return switch (pattern) {
      case "^[0-9]{1,7}[smh]?$" -> "write seconds, or 90s, 10m, 2h";
      case "^[a-z0-9][a-z0-9-]{0,62}$" ->
          "use a to z, 0 to 9 and hyphens, at most 63, beginning with a letter or digit";
      case "^[A-Za-z_][A-Za-z0-9_]*$" -> "use letters, digits and _, beginning with no digit";
      case "^[^/]", "^!?[^!/]" -> "write a path relative to the repository's root";
      case "\\S" -> "fill it in or leave it out";
      case Names.REPOSITORY -> PullRequestSettings.FORM;
      case Gates.LABEL_FORM -> "write a label of 1 to 50 letters, without a comma";
      default -> "it must match " + pattern;
    };
  }

  private static List<String> alternatives(JsonNode oneOf) {
    return oneOf.valueStream().map(option -> option.path("required").path(0).asString("")).toList();
  }

  private static List<String> strings(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
