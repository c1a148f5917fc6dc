package io.hyperloop.loop;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.StateStore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Keeps the remote up to date: off the deciding thread, one at a time, best effort. */
final class Syncing {
  private final StateStore store;
  private final Lanes lanes;
  private final Jobs jobs;
  private final Consumer<String> warn;
  private final Runnable wake;
  private final AtomicBoolean queued = new AtomicBoolean();
  private volatile boolean local;

  Syncing(StateStore store, Lanes lanes, Jobs jobs, Consumer<String> warn, Runnable wake) {
    this.store = store;
    this.lanes = lanes;
    this.jobs = jobs;
    this.warn = warn;
    this.wake = wake;
  }

  /** Something new was saved; several saves in a row are one sync. */
  void wanted() {
    if (!local && queued.compareAndSet(false, true)) {
      lanes.run(
          this,
          () -> {
            queued.set(false);
            try {
              sync();
            } catch (RuntimeException e) {
              jobs.fatal(e);
            } finally {
              wake.run();
            }
          });
    }
  }

  /** One last sync at the end of a run, in the foreground. */
  void last() {
    if (!local) {
      sync();
    }
  }

  private void sync() {
    switch (store.sync()) {
      case StateStore.Synced.Local _ -> local = true;
      case StateStore.Synced.Done _ -> {}
      case StateStore.Synced.Offline offline -> warn.accept("not pushed yet: " + offline.why());
      case StateStore.Synced.Conflict conflict ->
          throw new PortFailure(
              Problem.user(
                  "somebody else wrote newer state: " + conflict.who(),
                  "the remote's state",
                  "run one orchestrator per repository; fetch and merge before running again"));
    }
  }
}
