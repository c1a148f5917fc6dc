package io.hyperloop.sim;

import io.hyperloop.domain.State;
import io.hyperloop.port.FakeStateStore;
import io.hyperloop.port.StateStore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The wire to where the state is kept; what is loaded has been through the real files. */
final class SimStore implements StateStore {
  private final Simulation sim;
  private final Life life;
  private final FakeStateStore store;
  private @Nullable State known;
  private Instant heldUntil = Instant.MIN;

  SimStore(Simulation sim, Life life) {
    this.sim = sim;
    this.life = life;
    this.store = new FakeStateStore(sim.disk);
  }

  @Override
  public State load() {
    return life.read(
        "load",
        () -> {
          State state = Files.through(store.load());
          known = state;
          sim.witness.loaded(state);
          return state;
        });
  }

  @Override
  public Saved save(State next, String why) {
    return life.call("save " + why, () -> saved(next, why));
  }

  private Saved saved(State next, String why) {
    State before = sim.disk.state();
    if (sim.faults.strikes(Faults.Kind.SAVE_HELD)) {
      sim.trace.count("save held");
      heldUntil = sim.time.now().plusSeconds(1 + sim.dice.below(200));
    }
    store.hold(!sim.faults.calm() && sim.time.now().isBefore(heldUntil) ? "a merge" : null);
    Saved saved = store.save(next, why);
    if (saved instanceof Saved.Durable) {
      sim.witness.saved(known, before, next);
      known = next;
      if (sim.stateOnBase) {
        String ignored = sim.specs.touch();
      }
    }
    return saved;
  }

  @Override
  public Synced sync() {
    return life.call("sync", this::synced);
  }

  private Synced synced() {
    if (!sim.remote) {
      return new Synced.Local();
    }
    if (!sim.faults.strikes(Faults.Kind.SYNC)) {
      return new Synced.Done();
    }
    sim.trace.count("sync failed");
    return sim.dice.oneIn(4)
        ? new Synced.Conflict("somebody")
        : new Synced.Offline("reason " + sim.dice.below(3));
  }
}
