package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.ResetTime;
import io.hyperloop.domain.Allowance;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a {@code rate_limit_event} says of a subscription's allowance. Its fields are documented in
 * Claude Code's own description of the stream.
 *
 * @param status {@code allowed}, {@code allowed_warning} or {@code rejected}
 * @param used how much of it is gone, 0 to 1; null if that was not said
 */
record RateLimit(
    String status, @Nullable Double used, @Nullable Instant resetsAt, boolean overage) {

  static RateLimit of(JsonNode line) {
    JsonNode info = line.path("rate_limit_info");
    JsonNode utilization = info.path("utilization");
    double used = utilization.isNumber() ? utilization.asDouble(-1) : -1;
    return new RateLimit(
        info.path("status").asString(""),
        used >= 0 ? used : null,
        ResetTime.epoch(info.path("resetsAt").asLong(0)).orElse(null),
        info.path("isUsingOverage").asBoolean(false));
  }

  boolean rejected() {
    return status.equals("rejected");
  }

  /** Empty if it does not say how much is gone. */
  Optional<Allowance> allowance() {
    Double known = used == null && rejected() ? Double.valueOf(1) : used;
    return known == null
        ? Optional.empty()
        : Optional.of(new Allowance(rejected() ? Math.max(1, known) : known, resetsAt, overage));
  }
}
