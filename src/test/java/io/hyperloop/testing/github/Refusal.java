package io.hyperloop.testing.github;

import java.util.List;
import java.util.Map;

/** GitHub will not do it, and says why. */
final class Refusal extends RuntimeException {
  final int status;
  final transient List<Map<String, Object>> errors;

  Refusal(int status, String message) {
    this(status, message, List.of());
  }

  Refusal(int status, String message, List<Map<String, Object>> errors) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}
