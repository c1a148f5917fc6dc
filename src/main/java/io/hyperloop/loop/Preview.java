package io.hyperloop.loop;

import io.hyperloop.domain.Decide;
import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Event;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.State;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Probe;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What would be decided, without doing it: for {@code --dry-run} and {@code plan}. */
public final class Preview {
  private final Ports ports;
  private final Orders orders;
  private final Limits limits;
  private final InstantSource clock;
  private final Bell bell;
  private final Leasing leasing;

  public Preview(Ports ports, Orders orders, Limits limits, InstantSource clock, Bell bell) {
    this.ports = ports;
    this.orders = orders;
    this.limits = limits;
    this.clock = clock;
    this.bell = bell;
    this.leasing =
        new Leasing(
            ports.lease(),
            clock,
            text ->
                ports.probe().accept(new Probe.Entry(0, clock.instant(), new Event.Warned(text))));
  }

  /**
   * The decision of one cycle on the world as it is. No model, no write.
   *
   * @throws PortFailure if specs, templates or state cannot be read
   */
  public Decision cycle() {
    State state = Decide.atStart(ports.store().load());
    return decide(state, snapshot(state), List.of());
  }

  /**
   * Asks the PM what it would have done, with its one correction. Nothing is recorded.
   *
   * @return the decisions that led there, the last one holding the answer; only one if there is
   *     nothing to ask
   */
  public List<Decision> plan() throws InterruptedException {
    ports.runtime().onChange(bell::ring);
    State state = Decide.atStart(ports.store().load());
    Observer.Snapshot snapshot = snapshot(state);
    var decisions = new ArrayList<Decision>();
    decisions.add(decide(state, snapshot, List.of()));
    try {
      for (Optional<Move.AskPm> ask = asks(decisions.getLast());
          ask.isPresent();
          ask = asks(decisions.getLast())) {
        State next = decisions.getLast().next();
        leasing.beforeAgent();
        ports.runtime().ensure(orders.pm(ask.get(), next, snapshot));
        JobEnd end = awaitEnd(ask.get().key());
        decisions.add(decide(next, snapshot, List.of(end)));
        ports.runtime().release(ask.get().key());
      }
    } finally {
      leasing.last();
    }
    return decisions;
  }

  private JobEnd awaitEnd(JobKey key) throws InterruptedException {
    while (true) {
      for (JobEnd end : ports.runtime().observe().ended()) {
        if (end.key().equals(key)) {
          return end;
        }
      }
      leasing.renew();
      bell.await(Duration.ofSeconds(1));
    }
  }

  private static Optional<Move.AskPm> asks(Decision decision) {
    return decision.moves().stream()
        .filter(Move.AskPm.class::isInstance)
        .map(Move.AskPm.class::cast)
        .findFirst();
  }

  private Observer.Snapshot snapshot(State state) {
    String tip = ports.specs().tip();
    return new Observer.Snapshot(
        tip, ports.specs().at(tip, state.intake().handled()), ports.templates().at(tip));
  }

  private Decision decide(State state, Observer.Snapshot snapshot, List<JobEnd> ended) {
    var sight =
        new Sight(
            snapshot.tip(),
            snapshot.specs(),
            snapshot.playbook().process(),
            ended,
            Set.of(),
            Set.of(),
            Map.of(),
            Set.of(),
            ports.inbox().pending(),
            ports.ledger().spending(),
            Pulls.NONE,
            false);
    return Decide.decide(state, sight, limits, clock.instant());
  }
}
