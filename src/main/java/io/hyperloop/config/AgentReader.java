package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An agent's template out of a document of kind Agent. */
public final class AgentReader {
  /** Layers in the order in which an agent reads them; others follow by name. */
  private static final List<String> LAYERS = List.of("base", "project", "process");

  private AgentReader() {}

  /**
   * Reads a template.
   *
   * @param place names the document in messages
   * @throws PortFailure of kind USER with everything that is wrong
   */
  public static AgentTemplate read(String place, Mapping document) {
    List<Fault> faults = SchemaCheck.faults(ShippedSchemas.AGENT, document);
    if (!faults.isEmpty()) {
      var problems = new ArrayList<Problem>();
      for (Fault fault : faults) {
        problems.add(Problem.user(fault.what(), place + ", at " + fault.pointer(), fault.remedy()));
      }
      throw new PortFailure(problems);
    }
    String name = ((Mapping) Objects.requireNonNull(document.value("metadata"))).string("name");
    boolean writes =
        !(document.value("writes") instanceof Scalar scalar) || Boolean.TRUE.equals(scalar.value());
    return new AgentTemplate(
        Objects.requireNonNull(name),
        Objects.requireNonNull(document.string("prompt")),
        guidelines(document.value("guidelines")),
        writes);
  }

  private static Map<String, String> guidelines(@org.jspecify.annotations.Nullable YamlNode node) {
    var guidelines = new LinkedHashMap<String, String>();
    if (node instanceof Scalar scalar && scalar.value() instanceof String text) {
      guidelines.put("project", text);
    }
    if (node instanceof Mapping mapping) {
      LAYERS.forEach(layer -> add(mapping, layer, guidelines));
      mapping.entries().keySet().stream()
          .sorted()
          .filter(layer -> !LAYERS.contains(layer))
          .forEach(layer -> add(mapping, layer, guidelines));
    }
    return guidelines;
  }

  private static void add(Mapping mapping, String layer, Map<String, String> guidelines) {
    String text = mapping.string(layer);
    if (text != null && !text.isBlank()) {
      guidelines.put(layer, text);
    }
  }
}
