package io.hyperloop.loop;

import io.hyperloop.domain.CommitSubject;
import io.hyperloop.domain.Decide;
import io.hyperloop.domain.Decision;
import io.hyperloop.domain.Event;
import io.hyperloop.domain.Invariants;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Pulls;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.Standing;
import io.hyperloop.domain.State;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Probe;
import io.hyperloop.port.StateStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The cycle: observe, decide, record, perform. One thread runs it; nothing slow happens on it.
 * Crash it anywhere, start it again, and the next cycle goes on from what is.
 */
public final class Reconciler {
  /** How long agents may take to end after a stop was asked for. */
  private static final Duration ENDING_MAX = Duration.ofSeconds(15);

  private final Ports ports;
  private final Limits limits;
  private final Mode mode;
  private final InstantSource clock;
  private final Bell bell;
  private final Rules rules;
  final Lanes lanes;
  final Jobs jobs = new Jobs();
  private final Observer observer;
  private final Performer performer;
  private final Syncing syncing;
  final Landing landing;
  private final Leasing leasing;
  private final Watching watching;
  private final Warnings warnings = new Warnings();
  private volatile boolean stopping;
  private volatile boolean ended;
  private long sequence;
  private long cycles;

  /**
   * When to halt.
   *
   * @param watch never, but wait for the world to change
   * @param maxCycles after so many cycles; 0 for no bound
   */
  public record Mode(boolean watch, long maxCycles) {}

  /**
   * A reconciler over those ports.
   *
   * @param orders makes the orders for agents and merges
   * @param executor runs jobs, none of which may hold up another
   */
  public Reconciler(
      Ports ports,
      Orders orders,
      Limits limits,
      Mode mode,
      InstantSource clock,
      Executor executor,
      Bell bell) {
    this(ports, orders, limits, mode, clock, executor, bell, Decide::decide);
  }

  /** A reconciler by other rules than those of {@link Decide}. */
  public Reconciler(
      Ports ports,
      Orders orders,
      Limits limits,
      Mode mode,
      InstantSource clock,
      Executor executor,
      Bell bell,
      Rules rules) {
    this.ports = ports;
    this.rules = rules;
    this.limits = limits;
    this.mode = mode;
    this.clock = clock;
    this.bell = bell;
    this.lanes = new Lanes(executor, bell::ring);
    this.observer = new Observer(ports, lanes, jobs, limits.pollInterval(), bell::ring);
    var guard = new Guard(jobs, this::warn, bell::ring);
    this.leasing = new Leasing(ports.lease(), clock, this::warn);
    this.watching = new Watching(ports.publishing(), limits, lanes, this::warn, bell::ring);
    this.performer = new Performer(ports, orders, lanes, jobs, clock, guard, leasing, watching);
    this.syncing = new Syncing(ports.store(), lanes, jobs, this::warn, bell::ring);
    this.landing = new Landing(ports.trunk(), lanes, jobs, guard, limits.pollInterval());
  }

  /** Asks the loop to start nothing more, end its workers, save and return. From any thread. */
  public void stop() {
    stopping = true;
    bell.ring();
  }

  /**
   * Runs cycles until there is nothing more to do, or for ever.
   *
   * @throws PortFailure if the world fails in a way that no cycle can mend
   * @throws InvariantViolation if a decision would break what must always hold; nothing was written
   */
  public Ending run() throws InterruptedException {
    ports.runtime().recover().forEach(line -> emit(new Event.Recovered(line)));
    State state = Decide.atStart(ports.store().load());
    observer.begin(state).playbook().warnings().forEach(this::warn);
    landing.tidy(state);
    ports.specs().onChange(bell::ring);
    ports.inbox().onChange(bell::ring);
    ports.runtime().onChange(bell::ring);
    try {
      return loop(state);
    } finally {
      if (!ended) {
        ports.runtime().endAll("the orchestrator ends");
      }
      leasing.last();
    }
  }

  private Ending loop(State initial) throws InterruptedException {
    State state = initial;
    var pause = new WatchPause();
    Optional<Instant> stopAt = Optional.empty();
    while (true) {
      jobs.throwFatal();
      Instant now = clock.instant();
      if (stopping && stopAt.isEmpty()) {
        stopAt = Optional.of(now.plus(ENDING_MAX));
        lanes.run("end all", this::endAll);
      }
      performer.renewLease(now);
      Observer.Snapshot snapshot = observer.look(state, now);
      observer.templateFailure().ifPresent(f -> warn(f.text()));
      if (mode.watch()) {
        state = pause.lift(state, snapshot, now);
      }
      Sight sight = sight(snapshot, watching.look(state, now));
      Decision decision = rules.decide(state, sight, limits, now);
      if (!record(state, decision)) {
        if (stopAt.isPresent() && (now.isAfter(stopAt.get()) || quiet(sight))) {
          return new Ending.Stopped();
        }
        bell.await(Bell.between(now, now.plusSeconds(2), limits.pollInterval()));
        continue;
      }
      state = decision.next();
      sight.inbox().stream().map(Request::id).forEach(ports.inbox()::discard);
      jobs.consumed(sight, state);
      decision.events().forEach(this::emit);
      performer.perform(decision.moves(), state, snapshot);
      landing.look(state, snapshot.tip(), now);
      cycles++;
      Optional<Ending> ending = ending(decision, sight, now, stopAt, pause, snapshot);
      if (ending.isPresent()) {
        syncing.last();
        return ending.get();
      }
      bell.await(watching.atMost(leasing.atMost(waiting(decision.standing(), now))));
    }
  }

  private Sight sight(Observer.Snapshot snapshot, Pulls pulls) {
    List<Request> inbox = ports.inbox().pending();
    Jobs.Seen seen = jobs.look(ports.runtime()::observe);
    return new Sight(
        snapshot.tip(),
        snapshot.specs(),
        snapshot.playbook().process(),
        seen.ended(),
        seen.workers(),
        seen.merges(),
        seen.deferred(),
        seen.landed(),
        inbox,
        ports.ledger().spending(),
        pulls,
        stopping);
  }

  /**
   * Makes a decision durable. False if a person is in the way: then nothing of it may happen yet.
   */
  private boolean record(State state, Decision decision) {
    if (decision.next().equals(state)) {
      return true;
    }
    List<String> violated = Invariants.violated(state, decision.next(), limits);
    if (!violated.isEmpty()) {
      throw new InvariantViolation(violated, decision);
    }
    return switch (ports.store().save(decision.next(), CommitSubject.of(decision.events()))) {
      case StateStore.Saved.Durable _ -> {
        syncing.wanted();
        yield true;
      }
      case StateStore.Saved.Held held -> {
        warn("saving waits: " + held.why());
        yield false;
      }
    };
  }

  private Optional<Ending> ending(
      Decision decision,
      Sight sight,
      Instant now,
      Optional<Instant> stopAt,
      WatchPause pause,
      Observer.Snapshot snapshot) {
    if (stopAt.isPresent()) {
      return quiet(sight) || now.isAfter(stopAt.get())
          ? Optional.of(new Ending.Stopped())
          : Optional.empty();
    }
    if (mode.maxCycles() > 0 && cycles >= mode.maxCycles()) {
      return halt(List.of("max_cycles (" + mode.maxCycles() + ") reached"));
    }
    return switch (decision.standing()) {
      case Standing.Busy _, Standing.Waiting _ -> Optional.empty();
      case Standing.Stuck stuck when mode.watch() -> {
        pause.begin(snapshot, now);
        warn("paused until a new day or an edit: " + stuck.why());
        yield Optional.empty();
      }
      case Standing.Stuck stuck -> halt(List.of(stuck.why()));
      case Standing.Settled _ when mode.watch() -> Optional.empty();
      case Standing.Settled settled -> settled(settled, snapshot);
    };
  }

  /** Nothing runs. What has ended unrecorded is found again by the next start. */
  private boolean quiet(Sight sight) {
    return sight.workers().isEmpty() && sight.merges().isEmpty() && lanes.idle();
  }

  private Optional<Ending> settled(Standing.Settled settled, Observer.Snapshot seen) {
    if (!observer.fresh(seen) || !ports.inbox().pending().isEmpty() || !lanes.idle()) {
      return Optional.empty();
    }
    if (settled.converged()) {
      emit(new Event.Halted(true, List.of()));
      return Optional.of(new Ending.Converged());
    }
    return halt(settled.needsHuman());
  }

  private Optional<Ending> halt(List<String> why) {
    emit(new Event.Halted(false, why));
    return Optional.of(new Ending.NeedsHuman(why));
  }

  private Duration waiting(Standing standing, Instant now) {
    Instant next =
        switch (standing) {
          case Standing.Busy busy -> busy.next();
          case Standing.Waiting waiting -> waiting.next();
          case Standing.Settled _, Standing.Stuck _ -> null;
        };
    Duration poll = limits.pollInterval();
    return next == null ? poll : Bell.between(now, next, poll);
  }

  private void endAll() {
    try {
      ports.runtime().endAll("the orchestrator was asked to stop");
      ended = true;
    } catch (RuntimeException e) {
      jobs.fatal(e);
    } finally {
      bell.ring();
    }
  }

  private synchronized void warn(String text) {
    if (warnings.worthTelling(text)) {
      emit(new Event.Warned(text));
    }
  }

  private synchronized void emit(Event event) {
    sequence++;
    ports.probe().accept(new Probe.Entry(sequence, clock.instant(), event));
  }
}
