package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;

/** Listens to one agent. */
final class RunMonitor implements Monitor {
  private final Watchdog watchdog;

  RunMonitor(Watchdog watchdog) {
    this.watchdog = watchdog;
  }

  @Override
  public void stirred() {
    watchdog.stirred();
  }

  @Override
  public void used(String model, Usage total) {
    watchdog.stirred();
  }

  @Override
  public void allowance(Allowance allowance) {
    watchdog.stirred();
  }

  @Override
  public void session(String id) {
    watchdog.stirred();
  }
}
