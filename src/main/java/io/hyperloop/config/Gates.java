package io.hyperloop.config;

import io.hyperloop.config.YamlNode.Mapping;
import io.hyperloop.domain.Gate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The gates of a process: what each is judged by, and whether the names in it lead somewhere. */
final class Gates {
  /** Needs no entry: a person labels the pull request. */
  static final String APPROVAL = "human-pr-approval";

  /** What a label may be called, as in the shipped schema: GitHub cuts spaces off. */
  static final String LABEL_FORM =
      "^[^\\s,\\u0000-\\u001f\\u007f-\\u009f]([^,\\u0000-\\u001f\\u007f-\\u009f]{0,48}"
          + "[^\\s,\\u0000-\\u001f\\u007f-\\u009f])?$";

  private static final String ALL = "all";
  private static final String LABEL = "lgtm";
  private static final int APPROVALS_MOST = 10;

  /** The keys of each type, beside the type. */
  private static final Map<String, Set<String>> KEYS =
      Map.of(
          "manual",
          Set.of(),
          "label",
          Set.of("label"),
          "pr-approval",
          Set.of("approvals"),
          "ci-status",
          Set.of("checks", "allow_none"),
          ALL,
          Set.of("require"));

  private final boolean pullRequests;
  private final List<Fault> faults;
  private final Map<String, String> types = new LinkedHashMap<>(Map.of(APPROVAL, "label"));
  private final Map<String, Gate> gates =
      new LinkedHashMap<>(Map.of(APPROVAL, new Gate.Label(LABEL)));

  /** Pointers of keys that are told to be out of place, so that nobody else needs to. */
  private final Set<String> misplaced = new HashSet<>();

  private Gates(boolean pullRequests, List<Fault> faults) {
    this.pullRequests = pullRequests;
    this.faults = faults;
  }

  /**
   * Reads what stands below {@code gates}. Values that the shipped schema refuses are passed over.
   *
   * @param pullRequests whether there are any
   */
  static Gates read(Mapping document, boolean pullRequests, List<Fault> faults) {
    var gates = new Gates(pullRequests, faults);
    if (document.value("gates") instanceof Mapping entries) {
      entries
          .entries()
          .forEach((name, entry) -> gates.add(name, Fault.below("/gates", name), entry.value()));
    }
    gates.requirements();
    return gates;
  }

  /** Those that are defined, if only badly. */
  Set<String> names() {
    return types.keySet();
  }

  /** Those that can be judged. */
  Map<String, Gate> usable() {
    var usable = new LinkedHashMap<>(gates);
    usable.keySet().removeIf(this::lacksPullRequest);
    return usable;
  }

  String type(String name) {
    return types.getOrDefault(name, "");
  }

  /** Whether nothing could ever clear it, since there are no pull requests. */
  boolean lacksPullRequest(String name) {
    return !pullRequests && KEYS.containsKey(type(name)) && !type(name).equals("manual");
  }

  boolean misplaced(Fault fault) {
    return misplaced.contains(fault.pointer());
  }

  /** Those names, and those of the gates that these require. */
  Set<String> reached(Set<String> names) {
    var reached = new TreeSet<>(names);
    for (String name : names) {
      if (gates.get(name) instanceof Gate.All(List<String> required)) {
        reached.addAll(required);
      }
    }
    return reached;
  }

  private void add(String name, String pointer, YamlNode node) {
    String type = node instanceof Mapping settings ? settings.string("type") : null;
    types.put(name, Objects.requireNonNullElse(type, ""));
    gates.remove(name);
    if (node instanceof Mapping settings && type != null && KEYS.containsKey(type)) {
      keys(type, pointer, settings);
      gates.put(name, gate(type, new Section(pointer, node, new ArrayList<>()), pointer));
    }
  }

  private void keys(String type, String pointer, Mapping settings) {
    Set<String> own = new TreeSet<>(KEYS.getOrDefault(type, Set.of()));
    for (String key : settings.entries().keySet()) {
      if (!key.equals("type") && !own.contains(key)) {
        String place = Fault.below(pointer, key);
        misplaced.add(place);
        boolean ofAnother = KEYS.values().stream().anyMatch(keys -> keys.contains(key));
        faults.add(
            ofAnother
                ? new Fault(place, notOf(key, type), "leave it out, or write type: " + owner(key))
                : new Fault(
                    place,
                    "unknown key \"" + Fault.dotted(place) + "\" of a gate of type " + type,
                    own.isEmpty() ? "leave it out" : Nearest.remedy(key, own)));
      }
    }
  }

  private static String notOf(String key, String type) {
    return "the key " + key + " does not belong to a gate of type " + type;
  }

  private static String owner(String key) {
    return KEYS.entrySet().stream()
        .filter(entry -> entry.getValue().contains(key))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private Gate gate(String type, Section settings, String pointer) {
    return switch (type) {
      case "label" ->
          new Gate.Label(Objects.requireNonNullElse(settings.text("label", LABEL), LABEL));
      case "pr-approval" -> new Gate.Approval(settings.count("approvals", 1, APPROVALS_MOST));
      case "ci-status" -> checks(settings, pointer);
      case ALL -> new Gate.All(settings.texts("require", List.of()));
      default -> new Gate.Manual();
    };
  }

  private Gate checks(Section settings, String pointer) {
    List<String> checks = settings.texts("checks", List.of());
    boolean allowNone = settings.flag("allow_none", false);
    if (allowNone && !checks.isEmpty()) {
      fault(
          pointer + "/allow_none",
          "allow_none is for a gate that names no checks, and this one does",
          "leave one of them out");
    }
    return new Gate.Checks(checks, allowNone);
  }

  private void requirements() {
    gates.forEach((name, gate) -> {
      if (gate instanceof Gate.All(List<String> required)) {
        for (int i = 0; i < required.size(); i++) {
          String place = Fault.below(Fault.below(Fault.below("/gates", name), "require"), i);
          requirement(place, name, required.get(i));
        }
      }
    });
  }

  private void requirement(String place, String name, String required) {
    String what = "the gate \"" + name + "\" requires ";
    if (required.equals(name)) {
      fault(place, what + "itself", "take it out");
    } else if (!types.containsKey(required)) {
      fault(
          place,
          what + "\"" + required + "\", which is not defined",
          undefined(required, types.keySet(), "gates: {" + required + ": {type: label}}"));
    } else if (type(required).equals(ALL)) {
      fault(
          place,
          what + "\"" + required + "\", which is of type all itself",
          "name what " + required + " requires instead");
    }
  }

  private void fault(String pointer, String what, String remedy) {
    faults.add(new Fault(pointer, what, remedy));
  }

  /** What to do about a name that is not defined: the nearest, else what would define it. */
  static String undefined(String name, Set<String> known, String definition) {
    String nearest = Nearest.remedy(name, known);
    return nearest.startsWith("did you mean") ? nearest : "add " + definition;
  }
}
