package io.hyperloop.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings whose feature is not built yet: refused by name, never ignored. */
final class NotYet {
  /** What to do instead, by the setting's dotted name. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "intake", "leave it out; `hyperloop plan` shows what the PM would propose",
          "hooks", "leave it out");

  private static final Map<String, List<String>> VALUES =
      Map.of(
          "runtime", List.of("ambient", "kubernetes"),
          "notifications.type", List.of("webhook"));

  private NotYet() {}

  /** The fault to name instead of one that was found at such a setting. */
  static Optional<Fault> instead(Fault found, YamlNode value) {
    String name = Fault.dotted(found.pointer());
    String text = value instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    String remedy = SETTINGS.get(name.replaceFirst("^agent\\.roles\\.[^.]+\\.", "agent.roles.*."));
    if (remedy != null) {
      return Optional.of(new Fault(found.pointer(), "\"" + name + "\" is not built yet", remedy));
    }
    String general = name.replaceFirst("^agent\\.roles\\.[^.]+\\.", "agent.");
    if (VALUES.getOrDefault(general, List.of()).contains(text)) {
      return Optional.of(
          new Fault(
              found.pointer(), "\"" + name + ": " + text + "\" is not built yet", "leave it out"));
    }
    return Optional.empty();
  }
}
