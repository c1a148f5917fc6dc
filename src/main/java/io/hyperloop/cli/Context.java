package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What commands are given.
 *
 * @param engine made only when a command needs it
 * @param directory where the user stands
 */
public record Context(
    Console console,
    Supplier<Engine> engine,
    Map<String, String> environment,
    Path directory,
    InstantSource clock) {

  /** Set in a worker's environment: what runs there is an agent, not a person. */
  static final String WORKER = "HYPERLOOP_WORKER_ID";

  Instant now() {
    return clock.instant();
  }

  /**
   * For commands that act in a person's name.
   *
   * @throws PortFailure of kind USER inside a worker
   */
  void refuseInsideWorker(String command) {
    if (!environment.getOrDefault(WORKER, "").isEmpty()) {
      throw new PortFailure(
          Problem.user(
              "hyperloop " + command + " acts for a person and is refused inside a worker",
              WORKER + " is set in the environment",
              "report through HYPERLOOP_RESULT_FILE; ask a person with the verdict \"question\""));
    }
  }
}
