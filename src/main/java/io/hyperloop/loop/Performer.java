package io.hyperloop.loop;

import io.hyperloop.domain.Action;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.PublishEnd;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.Trunk;
import io.hyperloop.port.WorkOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Carries moves out, each as a job in its lane. Whatever comes of it is seen in a later cycle. */
final class Performer {
  private static final Object MERGES = "merges";

  private final Ports ports;
  private final Orders orders;
  private final Lanes lanes;
  private final Jobs jobs;
  private final InstantSource clock;
  private final Guard guard;
  private final Leasing leasing;
  private final Watching watching;

  Performer(
      Ports ports,
      Orders orders,
      Lanes lanes,
      Jobs jobs,
      InstantSource clock,
      Guard guard,
      Leasing leasing,
      Watching watching) {
    this.ports = ports;
    this.orders = orders;
    this.lanes = lanes;
    this.jobs = jobs;
    this.clock = clock;
    this.guard = guard;
    this.leasing = leasing;
    this.watching = watching;
  }

  /** Starts the jobs; the state is the one just saved. */
  void perform(List<Move> moves, State state, Observer.Snapshot snapshot) {
    for (Move move : moves) {
      switch (move) {
        case Move.StartWorker start -> start(start, state, snapshot);
        case Move.AskPm ask -> ask(ask, state, snapshot);
        case Move.EndWorker end -> end(end);
        case Move.Merge merge -> merge(merge, state.task(merge.key().task()));
        case Move.Publish publish -> {
          String pr = state.task(publish.key().task()).pr();
          publishing(publish.key(), () -> ports.publishing().publish(publish.wish(), pr));
        }
        case Move.Withdraw withdraw -> {
          TaskId task = withdraw.key().task();
          String pr = state.task(task).pr();
          publishing(
              withdraw.key(),
              () ->
                  pr == null
                      ? new PublishEnd.Withdrawn()
                      : ports.publishing().withdraw(task, pr, withdraw.why()));
        }
        case Move.CleanUp tidy -> cleanUp(state.task(tidy.key().task()));
        case Move.Release release -> release(release.key());
      }
    }
  }

  private void start(Move.StartWorker start, State state, Observer.Snapshot snapshot) {
    JobKey.TaskStep key = start.key();
    agent(
        key,
        () -> orders.worker(start, state, snapshot),
        Breakage.SETUP_FAILED,
        (kind, why) ->
            new JobEnd.Worker(key, new WorkerEnd.Silent(kind, why, new Delivery.ReadOnly())));
  }

  private void ask(Move.AskPm ask, State state, Observer.Snapshot snapshot) {
    JobKey.Planning key = ask.key();
    agent(
        key,
        () -> orders.pm(ask, state, snapshot),
        Breakage.CRASHED,
        (kind, why) -> new JobEnd.Pm(key, new PmEnd.Silent(kind, why)));
  }

  private void agent(
      JobKey key,
      Supplier<WorkOrder> order,
      Breakage failed,
      BiFunction<Breakage, String, JobEnd> silent) {
    jobs.starts(key);
    leased(
        key,
        () -> {
          try {
            letGo(key);
            WorkOrder made = order.get();
            if (leasing.held()) {
              ports.runtime().ensure(made);
              jobs.started(key);
            } else {
              // It lapsed or was lost while the order was made.
              String why = "the lease ran out before it could start";
              jobs.startFailed(silent.apply(Breakage.ENDED_BY_US, why));
            }
          } catch (PortFailure e) {
            jobs.startFailed(silent.apply(failed, e.text()));
          }
        });
  }

  private void end(Move.EndWorker end) {
    if (!jobs.ends(end.key())) {
      return;
    }
    Runnable work = () -> ports.runtime().end(end.key(), end.why());
    if (jobs.isStarting(end.key())) {
      // The start may wait for the lease: the end must not overtake it.
      job(leasing, () -> job(end.key(), work));
    } else {
      job(end.key(), work);
    }
  }

  private void merge(Move.Merge merge, Task task) {
    JobKey.TaskStep key = merge.key();
    jobs.merges(key);
    job(
        MERGES,
        () -> {
          MergeEnd end;
          try {
            end = ports.trunk().merge(Landing.mergeOrder(task, merge.via(), merge.update()));
          } catch (PortFailure e) {
            end = new MergeEnd.Failed(e.text());
          }
          watching.changes(key.task());
          jobs.merged(key, end, clock.instant());
        });
  }

  private void publishing(JobKey.TaskStep key, Supplier<PublishEnd> work) {
    jobs.merges(key);
    watching.changes(key.task());
    job(
        key.task(),
        () -> {
          PublishEnd end;
          try {
            end = work.get();
          } catch (PortFailure e) {
            Problem first = e.problems().getFirst();
            boolean passes = first.kind() == Problem.Kind.ENVIRONMENT;
            end = new PublishEnd.NotYet(e.text(), passes ? "" : first.remedy());
          }
          watching.changes(key.task());
          jobs.published(key, end, clock.instant());
        });
  }

  private void cleanUp(Task task) {
    Trunk.MergeOrder order = Landing.mergeOrder(task, Action.Via.DIRECT, false);
    job(MERGES, () -> ports.trunk().cleanUp(List.of(order)));
  }

  private void release(JobKey key) {
    jobs.releases(key);
    job(key, () -> letGo(key));
  }

  /**
   * Forgets a run whose result is consumed. Where that failed, it is tried again before the next
   * run of the same key: a runtime that still knew the old one would not start it.
   */
  private void letGo(JobKey key) {
    if (jobs.held(key)) {
      ports.runtime().release(key);
      jobs.released(key);
    }
  }

  /** Keeps the lease, off the deciding thread. */
  void renewLease(Instant now) {
    if (leasing.due(now)) {
      job(leasing, () -> leased(leasing::renew, () -> {}));
    }
  }

  private void leased(JobKey key, Runnable start) {
    if (leasing.held()) {
      job(key, start);
    } else {
      // In one lane, so that the first asks and the others wait for what it is told.
      job(leasing, () -> leased(leasing::beforeAgent, () -> job(key, start)));
    }
  }

  /** That another clone works ends the run: nothing more may be spent here. */
  private void leased(Runnable ask, Runnable then) {
    try {
      ask.run();
    } catch (PortFailure e) {
      jobs.fatal(e);
      return;
    }
    then.run();
  }

  private void job(Object lane, Runnable work) {
    lanes.run(lane, guard.around(work));
  }
}
