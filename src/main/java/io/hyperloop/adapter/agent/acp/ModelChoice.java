package io.hyperloop.adapter.agent.acp;

import com.agentclientprotocol.sdk.spec.AcpSchema;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How a session's model is chosen: by a configuration option, in older agents by a request of its
 * own, and in some not at all.
 *
 * @param method of the request; empty if there is no choice
 * @param option the configuration option's id; empty for the older way
 * @param current the model now; empty if it is not told
 */
record ModelChoice(String method, String option, String current) {
  /** The older way; the library's name for it is about to go. */
  private static final String SET_MODEL = "session/set_model";

  /** Out of what the agent said when the session was opened. */
  static ModelChoice of(JsonNode opened) {
    for (JsonNode option : opened.path("configOptions")) {
      String id = option.path("id").asString("");
      if (!id.isEmpty() && option.path("category").asString(id).equals("model")) {
        return new ModelChoice(
            AcpSchema.METHOD_SESSION_SET_CONFIG_OPTION,
            id,
            option.path("currentValue").asString(""));
      }
    }
    JsonNode models = opened.path("models");
    return models.path("availableModels").isArray()
        ? new ModelChoice(SET_MODEL, "", models.path("currentModelId").asString(""))
        : new ModelChoice("", "", "");
  }

  Map<String, String> request(String session, String model) {
    return option.isEmpty()
        ? Map.of("sessionId", session, "modelId", model)
        : Map.of("sessionId", session, "configId", option, "value", model);
  }
}
