package io.hyperloop.adapter.agent.acp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an agent that asks for permission is told: yes, since it is confined to its work tree and
 * nobody is there to be asked. For this once rather than for ever, which it might remember beyond
 * its run.
 *
 * @param option the one chosen; null if there was none to choose
 * @param allowed whether that is a permission
 */
record Permissions(@Nullable String option, boolean allowed) {
  private static final List<String> PREFERRED =
      List.of("allow_once", "allow_always", "reject_once", "reject_always");

  static Permissions answer(JsonNode request) {
    for (String kind : PREFERRED) {
      Optional<String> option = option(request.path("options"), kind);
      if (option.isPresent()) {
        return new Permissions(option.get(), kind.startsWith("allow"));
      }
    }
    return new Permissions(null, false);
  }

  private static Optional<String> option(JsonNode options, String kind) {
    for (JsonNode option : options) {
      if (option.path("kind").asString("").equals(kind) && option.path("optionId").isString()) {
        return Optional.of(option.path("optionId").stringValue());
      }
    }
    return Optional.empty();
  }

  /** As the protocol has it. */
  Map<String, Object> outcome() {
    return Map.of(
        "outcome",
        option == null
            ? Map.of("outcome", "cancelled")
            : Map.of("outcome", "selected", "optionId", option));
  }
}
