package io.hyperloop.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a worker on a task ended, as observed. */
public sealed interface WorkerEnd {

  Delivery delivery();

  record Reported(Report report, Delivery delivery) implements WorkerEnd {}

  /**
   * No verdict, and why.
   *
   * @param until when it is worth trying again, as the provider says; null if it does not
   */
  record Silent(Breakage kind, String detail, Delivery delivery, @Nullable Instant until)
      implements WorkerEnd {
    public Silent(Breakage kind, String detail, Delivery delivery) {
      this(kind, detail, delivery, null);
    }
  }
}
