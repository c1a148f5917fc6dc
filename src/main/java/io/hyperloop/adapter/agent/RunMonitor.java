package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.WorkOrder;

/** Listens to one agent: keeps its watchdog quiet, and writes down what it uses. */
final class RunMonitor implements Monitor {
  private final WorkOrder order;
  private final String worker;
  private final String program;
  private final Watchdog watchdog;
  private final Surroundings with;
  private final Runnable wake;

  RunMonitor(
      WorkOrder order,
      String worker,
      String program,
      Watchdog watchdog,
      Surroundings with,
      Runnable wake) {
    this.order = order;
    this.worker = worker;
    this.program = program;
    this.watchdog = watchdog;
    this.with = with;
    this.wake = wake;
  }

  @Override
  public void stirred() {
    watchdog.stirred();
  }

  @Override
  public void used(String model, Usage total) {
    watchdog.stirred();
    WorkOrder.Work work = order.work();
    with.ledger()
        .used(
            new Ledger.Entry(
                worker,
                order.key(),
                order.role(),
                program,
                model,
                work == null ? null : work.specRef().path(),
                PriceTable.priced(model, total)));
    wake.run();
  }

  @Override
  public void allowance(Allowance allowance) {
    watchdog.stirred();
    with.ledger().allowance(program, allowance);
    wake.run();
  }

  @Override
  public void session(String id) {
    watchdog.stirred();
    with.files().session(order.key()).write(program, id);
  }
}
