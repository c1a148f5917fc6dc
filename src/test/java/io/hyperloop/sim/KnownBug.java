package io.hyperloop.sim;

import io.hyperloop.domain.Decide;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.loop.Ports;
import io.hyperloop.loop.Reconciler;
import io.hyperloop.port.FakeTrunk;
import io.hyperloop.port.Trunk;
import java.util.concurrent.Executor;

/** Bugs that can be switched on, to see that the simulation finds them. */
enum KnownBug {
  NONE;

  Ports ports(Ports ports) {
    return ports;
  }

  Executor executor(Executor executor) {
    return executor;
  }

  Reconciler.Rules rules() {
    return Decide::decide;
  }

  MergeEnd merge(FakeTrunk trunk, Trunk.MergeOrder order) {
    return trunk.merge(order);
  }
}
