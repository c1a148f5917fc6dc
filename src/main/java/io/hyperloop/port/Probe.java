package io.hyperloop.port;

import io.hyperloop.domain.Event;
import java.time.Instant;

/** Takes every event, best effort. Never throws, never blocks for long. */
@FunctionalInterface
public interface Probe {

  void accept(Entry entry);

  /** An event, when it happened, and its place in the sequence of this run. */
  record Entry(long sequence, Instant at, Event event) {}
}
