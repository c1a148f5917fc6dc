package io.hyperloop.domain;

/** How a worker on a task ended, as observed. */
public sealed interface WorkerEnd {

  Delivery delivery();

  record Reported(Report report, Delivery delivery) implements WorkerEnd {}

  /** No verdict, and why. */
  record Silent(Breakage kind, String detail, Delivery delivery) implements WorkerEnd {}
}
