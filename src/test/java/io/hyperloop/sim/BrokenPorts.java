package io.hyperloop.sim;

import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.State;
import io.hyperloop.loop.Ports;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.Inbox;
import io.hyperloop.port.StateStore;
import io.hyperloop.port.WorkOrder;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ports with one thing wrong. */
final class BrokenPorts {
  private BrokenPorts() {}

  private static Ports with(Ports ports, StateStore store, AgentRuntime runtime, Inbox inbox) {
    return new Ports(
        ports.specs(),
        store,
        runtime,
        ports.trunk(),
        ports.templates(),
        inbox,
        ports.lease(),
        ports.ledger(),
        ports.publishing(),
        ports.probe());
  }

  static Ports lazyStore(Ports ports) {
    return with(ports, new LazyStore(ports.store()), ports.runtime(), ports.inbox());
  }

  static Ports secondWorker(Ports ports) {
    return with(ports, ports.store(), new SecondWorker(ports.runtime()), ports.inbox());
  }

  static Ports earlyRelease(Ports ports) {
    return with(ports, ports.store(), new EarlyRelease(ports.runtime()), ports.inbox());
  }

  static Ports staleSight(Ports ports) {
    return with(ports, ports.store(), new StaleSight(ports.runtime()), ports.inbox());
  }

  static Ports eagerInbox(Ports ports) {
    return with(ports, ports.store(), ports.runtime(), new EagerInbox(ports.inbox()));
  }

  private static final class LazyStore implements StateStore {
    private final StateStore sound;
    private @Nullable State unsaved;

    LazyStore(StateStore sound) {
      this.sound = sound;
    }

    @Override
    public State load() {
      return sound.load();
    }

    @Override
    public Saved save(State next, String why) {
      State last = unsaved;
      unsaved = next;
      return last == null ? new Saved.Durable("0".repeat(40)) : sound.save(last, why);
    }

    @Override
    public Synced sync() {
      return sound.sync();
    }
  }

  /** A runtime that does what another does. */
  static class Like implements AgentRuntime {
    final AgentRuntime sound;

    Like(AgentRuntime sound) {
      this.sound = sound;
    }

    @Override
    public void ensure(WorkOrder order) {
      sound.ensure(order);
    }

    @Override
    public Observed observe() {
      return sound.observe();
    }

    @Override
    public void end(JobKey key, String why) {
      sound.end(key, why);
    }

    @Override
    public void release(JobKey key) {
      sound.release(key);
    }

    @Override
    public List<String> recover() {
      return sound.recover();
    }

    @Override
    public void onChange(Runnable wake) {
      sound.onChange(wake);
    }

    @Override
    public void endAll(String why) {
      sound.endAll(why);
    }
  }

  private static final class SecondWorker extends Like {
    private int more;

    SecondWorker(AgentRuntime sound) {
      super(sound);
    }

    @Override
    public void ensure(WorkOrder order) {
      super.ensure(order);
      if (order.key() instanceof JobKey.TaskStep key && more++ % 20 == 19) {
        var other = new JobKey.TaskStep(key.task(), key.phase(), key.round(), 99);
        super.ensure(
            new WorkOrder(
                other,
                order.role(),
                order.prompt(),
                order.writes(),
                order.baseTip(),
                order.work()));
      }
    }
  }

  private static final class EarlyRelease extends Like {
    EarlyRelease(AgentRuntime sound) {
      super(sound);
    }

    @Override
    public Observed observe() {
      Observed observed = super.observe();
      observed.ended().stream().map(JobEnd::key).forEach(this::release);
      return observed;
    }
  }

  private static final class StaleSight extends Like {
    private Observed last = new Observed(Set.of(), List.of());

    StaleSight(AgentRuntime sound) {
      super(sound);
    }

    @Override
    public Observed observe() {
      Observed told = last;
      last = super.observe();
      return told;
    }
  }

  private static final class EagerInbox implements Inbox {
    private final Inbox sound;

    EagerInbox(Inbox sound) {
      this.sound = sound;
    }

    @Override
    public List<Request> pending() {
      List<Request> pending = sound.pending();
      pending.forEach(request -> sound.discard(request.id()));
      return pending;
    }

    @Override
    public void discard(String id) {
      sound.discard(id);
    }

    @Override
    public void onChange(Runnable wake) {
      sound.onChange(wake);
    }
  }
}
