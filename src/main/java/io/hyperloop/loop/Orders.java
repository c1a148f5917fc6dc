package io.hyperloop.loop;

import io.hyperloop.domain.Move;
import io.hyperloop.domain.State;
import io.hyperloop.port.WorkOrder;

/** Makes the orders for agents: everything an agent is told, gathered and composed. */
public interface Orders {

  /** The order for a worker of a task. */
  WorkOrder worker(Move.StartWorker start, State state, Observer.Snapshot snapshot);

  /** The order for the PM. */
  WorkOrder pm(Move.AskPm ask, State state, Observer.Snapshot snapshot);
}
