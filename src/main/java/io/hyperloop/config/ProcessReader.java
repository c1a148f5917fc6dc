package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.config.YamlNode.Scalar;
import io.hyperloop.domain.Action;
import io.hyperloop.domain.Action.Via;
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

  private static final Map<String, Via> WAYS =
      Map.of("direct", Via.DIRECT, "auto-merge", Via.AUTO_MERGE, "merge-queue", Via.QUEUE);

  private final boolean pullRequests;
  private final List<Fault> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, Action> actions =
      new LinkedHashMap<>(Map.of(MERGE, new Action.Merge()));

  private ProcessReader(boolean pullRequests) {
    this.pullRequests = pullRequests;
  }

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
   * @param pullRequests whether work goes through pull requests
   * @throws PortFailure of kind USER with everything that is wrong
   */
  public static Reading read(Mapping document, Set<String> agents, boolean pullRequests) {
    var reader = new ProcessReader(pullRequests);
    Gates gates = Gates.read(document, pullRequests, reader.faults);
    reader.actions(document);
    reader.hooks(document);
    var walk = new PipelineWalk(agents, gates, reader.actions.keySet(), reader.faults);
    List<Pipeline.Node> nodes = walk.nodes(document.value("pipeline"));
    List<Fault> schema = new ArrayList<>(SchemaCheck.faults(ShippedSchemas.PROCESS, document));
    schema.removeIf(gates::misplaced);
    List<Fault> all = ConfigurationFile.merged(named(document, schema), reader.faults);
    if (!all.isEmpty()) {
      throw new PortFailure(Fault.located(document, all));
    }
    return reader.reading(Pipeline.of(nodes), gates, walk.used());
  }

  /** As {@link #read}, of the text of a file. */
  public static Reading parse(
      String source, String text, Set<String> agents, boolean pullRequests) {
    if (Yaml.document(source, text) instanceof Mapping mapping) {
      return read(mapping, agents, pullRequests);
    }
    throw new PortFailure(
        Problem.user("there is no process in it", source, "write a mapping with pipeline:"));
  }

  private Reading reading(Pipeline pipeline, Gates gates, Set<String> used) {
    var unused = new TreeSet<String>(gates.names());
    unused.addAll(actions.keySet());
    unused.removeAll(gates.reached(used));
    unused.removeAll(Set.of(MERGE, Gates.APPROVAL));
    unused.forEach(name -> warnings.add("the process defines " + name + " but no step uses it"));
    if (pipeline.steps().stream().noneMatch(step -> step.kind() == Pipeline.Kind.ACTION)) {
      warnings.add(
          "the pipeline never merges: branches stay, and specs stay out of sync until their commits"
              + " are on the base branch; add - action: "
              + MERGE);
    }
    return new Reading(new ProcessDefinition(pipeline, gates.usable(), actions), warnings);
  }

  /** Reads what stands below {@code actions}; what the schema refuses is passed over. */
  private void actions(Mapping document) {
    if (document.value("actions") instanceof Mapping entries) {
      entries
          .entries()
          .forEach((name, entry) -> {
            String pointer = Fault.below("/actions", name);
            var settings = new Section(pointer, entry.value(), new ArrayList<>());
            Via via = settings.choice("via", WAYS, Via.DIRECT);
            if (via != Via.DIRECT && !pullRequests) {
              faults.add(
                  new Fault(
                      settings.at("via"),
                      "the action \"" + name + "\" merges pull requests, and no repo is set",
                      "leave via out, or set repo: owner/repo in " + ConfigurationFile.NAME));
            }
            actions.put(name, new Action.Merge(via));
          });
    }
  }

  private void hooks(Mapping document) {
    if (document.value("hooks") instanceof Mapping hooks && !hooks.entries().isEmpty()) {
      faults.add(notYet("/hooks", "hooks"));
    }
  }

  /** The schema's faults, those replaced that are about something not built yet. */
  private static List<Fault> named(YamlNode document, List<Fault> found) {
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
