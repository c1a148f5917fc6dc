package io.hyperloop.adapter.kustomize;

import io.hyperloop.config.AgentReader;
import io.hyperloop.config.Nearest;
import io.hyperloop.config.ProcessReader;
import io.hyperloop.config.Yaml;
import io.hyperloop.config.YamlNode;
import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Templates.Playbook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From the documents of a build to agents and process, all problems at once. */
final class PlaybookReader {
  private static final String API = "hyperloop.io/";
  private static final String ANNOTATION = "hyperloop.io/kind";

  private final String source;
  private final String processFile;
  private final String processText;
  private final boolean pullRequests;
  private final Map<String, AgentTemplate> agents = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private @Nullable Mapping process;
  private @Nullable Mapping headerless;

  private PlaybookReader(
      String source, String processFile, String processText, boolean pullRequests) {
    this.source = source;
    this.processFile = processFile;
    this.processText = processText;
    this.pullRequests = pullRequests;
  }

  /**
   * Reads what a build printed.
   *
   * @param source names the build in messages
   * @param processFile where a person edits the process
   * @param processText what stands there; where the build carries the same, lines are named in it
   * @param pullRequests whether work goes through pull requests
   */
  static Playbook read(
      String source, String built, String processFile, String processText, boolean pullRequests) {
    var reader = new PlaybookReader(source, processFile, processText, pullRequests);
    Yaml.stream(source, built).forEach(reader::document);
    return reader.playbook();
  }

  /** The shipped base as it is. */
  static Playbook shipped(String processFile, boolean pullRequests) {
    var reader = new PlaybookReader("the shipped base", processFile, "", pullRequests);
    ShippedBase.files()
        .forEach((name, content) -> {
          if (ShippedBase.RESOURCES.contains(name)) {
            reader.document(Objects.requireNonNull(Yaml.document(name, content)));
          }
        });
    return reader.playbook();
  }

  private Playbook playbook() {
    if (!agents.containsKey(AgentTemplate.PM)) {
      problem("there is no agent " + AgentTemplate.PM, source, "keep the base among the resources");
    }
    Mapping merged = merged();
    if (merged == null) {
      problem("there is no process", source, "add " + processFile + " with a pipeline");
      throw new PortFailure(problems);
    }
    try {
      ProcessReader.Reading reading = ProcessReader.read(merged, agents.keySet(), pullRequests);
      if (problems.isEmpty()) {
        warnings.addAll(reading.warnings());
        return new Playbook(agents, reading.process(), warnings);
      }
    } catch (PortFailure e) {
      problems.addAll(e.problems());
    }
    throw new PortFailure(problems);
  }

  /** Each key of the headerless text replaces the one of kind Process. */
  private @Nullable Mapping merged() {
    if (process == null || headerless == null) {
      return headerless == null ? process : headerless;
    }
    var entries = new LinkedHashMap<>(process.entries());
    entries.putAll(headerless.entries());
    return new Mapping(headerless.mark(), entries, process.size() + headerless.size());
  }

  private void document(YamlNode document) {
    if (!(document instanceof Mapping mapping)) {
      problem("not a resource but " + YamlNode.describe(document), source, "");
      return;
    }
    String kind = Objects.requireNonNullElse(mapping.string("kind"), "");
    String api = Objects.requireNonNullElse(mapping.string("apiVersion"), "");
    String name =
        mapping.value("metadata") instanceof Mapping metadata
            ? Objects.requireNonNullElse(metadata.string("name"), "")
            : "";
    String place = source + ", " + kind + " " + name;
    if (kind.equals("ConfigMap") && annotated(mapping)) {
      headerless(place, mapping);
    } else if (kind.equals("Agent")) {
      agent(place, mapping);
    } else if (kind.equals("Process")) {
      if (process != null) {
        problem("there are two resources of kind Process", place, "keep one, and patch it");
      }
      process = mapping;
    } else if (api.startsWith(API)) {
      problem("unknown kind " + kind, place, Nearest.remedy(kind, List.of("Agent", "Process")));
    } else {
      warnings.add("the overlay holds a " + kind + " " + name + ", which nothing here uses");
    }
  }

  private void agent(String place, Mapping mapping) {
    try {
      AgentTemplate template = AgentReader.read(place, mapping);
      if (agents.put(template.name(), template) != null) {
        problem("there are two agents " + template.name(), place, "keep one, and patch it");
      }
    } catch (PortFailure e) {
      problems.addAll(e.problems());
    }
  }

  private static boolean annotated(Mapping configMap) {
    return configMap.value("metadata") instanceof Mapping metadata
        && metadata.value("annotations") instanceof Mapping annotations
        && "process".equals(annotations.string(ANNOTATION));
  }

  private void headerless(String place, Mapping configMap) {
    if (headerless != null) {
      problem("there are two ConfigMaps annotated as the process", place, "keep one of them");
      return;
    }
    if (!(configMap.value("data") instanceof Mapping data) || data.entries().size() != 1) {
      problem("it does not hold exactly one file", place, "give it one file, process.yaml");
      return;
    }
    String key = data.entries().keySet().iterator().next();
    String text = Objects.requireNonNullElse(data.string(key), "");
    String file = text.equals(processText) ? processFile : place + ", " + key;
    try {
      YamlNode document = Yaml.document(file, text);
      if (document instanceof Mapping mapping) {
        headerless = mapping;
      } else if (document != null) {
        problem("the process is " + YamlNode.describe(document), file, "write a pipeline: first");
      }
    } catch (PortFailure e) {
      problems.addAll(e.problems());
    }
  }

  private void problem(String what, String where, String remedy) {
    problems.add(Problem.user(what, where, remedy));
  }
}
