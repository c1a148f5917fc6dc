package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.domain.Action;
import io.hyperloop.domain.Gate;
import io.hyperloop.domain.Pipeline;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.port.PortFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The process: pipeline, gates and actions out of a document, with or without its header. The
 * shipped schema says what may stand in it; whether names lead somewhere is checked here.
 */
public final class ProcessReader {
  static final String MERGE = "merge-pr";
  static final String APPROVAL = "human-pr-approval";

  private final List<Fault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> gateTypes = new LinkedHashMap<>(Map.of(APPROVAL, "label"));
  private final Map<String, String> actionTypes = new LinkedHashMap<>(Map.of(MERGE, "pr-merge"));

  private ProcessReader() {}

  /** What was read, and what is odd about it without being wrong. */
  public record Reading(ProcessDefinition process, List<String> warnings) {
    public Reading {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Reads a process.
   *
   * @param agents names of the templates that there are
   * @throws PortFailure of kind USER with everything that is wrong
   */
  public static Reading read(Mapping document, Set<String> agents) {
    var reader = new ProcessReader();
    var walk = new PipelineWalk(agents, reader.gateTypes, reader.actionTypes, reader.faults);
    reader.types(document, "gates", reader.gateTypes);
    reader.types(document, "actions", reader.actionTypes);
    reader.hooks(document);
    List<Pipeline.Node> nodes = walk.nodes(document.value("pipeline"));
    List<Fault> all =
        ConfigurationFile.merged(
            reader.named(document, SchemaCheck.faults(ShippedSchemas.PROCESS, document)),
            reader.faults);
    if (!all.isEmpty()) {
      throw new PortFailure(Fault.located(document, all));
    }
    return reader.reading(Pipeline.of(nodes), walk.used());
  }

  /** As {@link #read}, of the text of a file. */
  public static Reading parse(String source, String text, Set<String> agents) {
    if (Yaml.document(source, text) instanceof Mapping mapping) {
      return read(mapping, agents);
    }
    throw new PortFailure(
        Problem.user("there is no process in it", source, "write a mapping with pipeline:"));
  }

  private Reading reading(Pipeline pipeline, Set<String> used) {
    var gates = new LinkedHashMap<String, Gate>();
    gateTypes.forEach((name, type) -> {
      if (type.equals("manual")) {
        gates.put(name, new Gate.Manual());
      }
    });
    var actions = new LinkedHashMap<String, Action>();
    actionTypes.keySet().forEach(name -> actions.put(name, new Action.Merge()));
    var unused = new TreeSet<String>(gateTypes.keySet());
    unused.addAll(actionTypes.keySet());
    unused.removeAll(used);
    unused.removeAll(Set.of(MERGE, APPROVAL));
    unused.forEach(name -> warnings.add("the process defines " + name + " but no step uses it"));
    if (pipeline.steps().stream().noneMatch(step -> step.kind() == Pipeline.Kind.ACTION)) {
      warnings.add(
          "the pipeline never merges: branches stay, and specs stay out of sync until their commits"
              + " are on the base branch; add - action: "
              + MERGE);
    }
    return new Reading(new ProcessDefinition(pipeline, gates, actions), warnings);
  }

  /** Collects name to type of what stands below {@code gates} or {@code actions}. */
  private void types(Mapping document, String key, Map<String, String> types) {
    if (document.value(key) instanceof Mapping entries) {
      entries
          .entries()
          .forEach((name, entry) -> {
            String type =
                entry.value() instanceof Mapping settings ? settings.string("type") : null;
            types.put(name, type == null ? "" : type);
          });
    }
  }

  private void hooks(Mapping document) {
    if (document.value("hooks") instanceof Mapping hooks && !hooks.entries().isEmpty()) {
      faults.add(notYet("/hooks", "hooks"));
    }
  }

  /** The schema's faults, those replaced that are about something not built yet. */
  private List<Fault> named(YamlNode document, List<Fault> found) {
    return found.stream()
        .map(fault -> {
          if (fault.pointer().startsWith("/hooks")) {
            return notYet("/hooks", "hooks");
          }
          boolean type = fault.pointer().matches("/actions/[^/]+/type");
          String text = YamlNode.at(document, fault.pointer()) instanceof Scalar s ? s.text() : "";
          return type && Set.of("command", "comment").contains(text)
              ? notYet(fault.pointer(), "an action of type " + text)
              : fault;
        })
        .distinct()
        .toList();
  }

  private static Fault notYet(String pointer, @Nullable String what) {
    return new Fault(pointer, what + ": not built yet", "leave it out");
  }
}
