package io.hyperloop.config;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.config.YamlNode.Sequence;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The shipped JSON Schemas, which editors use too, as judges. Loading the validator costs a tenth
 * of a second and more, so only what needs it touches this class.
 */
final class SchemaCheck {
  private static final Map<String, Schema> LOADED = new ConcurrentHashMap<>();

  private SchemaCheck() {}

  /**
   * All that is wrong with a document.
   *
   * @param schemaFile name of a shipped schema
   */
  static List<Fault> faults(String schemaFile, YamlNode document) {
    Schema schema = LOADED.computeIfAbsent(schemaFile, SchemaCheck::loaded);
    var faults = new ArrayList<Fault>();
    var choices = new ArrayList<Fault>();
    for (Error error : schema.validate(json(document))) {
      SchemaMessages.fault(schema.getSchemaNode(), document, error)
          .ifPresent(error.getKeyword().equals("oneOf") ? choices::add : faults::add);
    }
    // A misspelt key is also a missing choice; the first says it better.
    choices.removeIf(choice -> faults.stream().anyMatch(fault -> fault.concerns(choice.pointer())));
    faults.addAll(choices);
    return faults;
  }

  private static Schema loaded(String schemaFile) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(ShippedSchemas.text(schemaFile), InputFormat.JSON);
  }

  private static JsonNode json(YamlNode node) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (node) {
      case Mapping mapping -> {
        var object = nodes.objectNode();
        mapping.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
        yield object;
      }
      case Sequence sequence -> {
        var array = nodes.arrayNode();
        sequence.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Scalar scalar ->
          switch (scalar.value()) {
            case null -> nodes.nullNode();
            case Boolean b -> nodes.booleanNode(b);
            case Long n -> nodes.numberNode(n);
            case BigInteger n -> nodes.numberNode(n);
            case Double n -> nodes.numberNode(n);
            default -> nodes.stringNode(scalar.text());
          };
    };
  }
}
