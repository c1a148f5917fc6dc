package io.hyperloop.adapter.git;

import io.hyperloop.adapter.agent.Guard;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.port.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A linked work tree per run, its HEAD detached; task branches are moved by us alone.
 *
 * <p>Everything in a work tree is hostile, and so is what git keeps for it in the repository's git
 * directory. From there only the commit that HEAD names is taken; see {@link CleanRoom} for how git
 * is run, {@link TakeOver} for what is judged.
 */
public final class GitWorkplace implements Workplace, AutoCloseable {
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);

  /** A gc of a large repository takes minutes; after these its work is taken in spite of it. */
  private static final Duration GC_PATIENCE = Duration.ofMinutes(10);

  private static final int TRIES = 3;

  private final ObjectDatabase objects;
  private final Refs refs;
  private final Rubbish rubbish;
  private final Worktrees worktrees;
  private final Snapshot snapshot;
  private final SetUp setUp;
  private final TakeOver takeOver;
  private final GcPause pause;

  /**
   * A place for work trees.
   *
   * @param specs what workers may not change
   * @param stateDirectory where the work trees go
   * @param environment of which set-up commands get the harmless part
   * @param guard against the work of agents, which set-up commands may start
   */
  public GitWorkplace(
      Repository repository,
      BaseBranch base,
      CleanRoom room,
      SpecPatterns specs,
      Path stateDirectory,
      WorktreeSettings settings,
      Map<String, String> environment,
      Guard guard) {
    room.close();
    this.pause = GcPause.of(repository);
    this.objects = new ObjectDatabase(base, room);
    this.refs = new Refs(objects, room::identity, LOCK_PATIENCE);
    this.rubbish = new Rubbish(stateDirectory.resolve("rubbish"));
    this.worktrees = new Worktrees(repository, stateDirectory, rubbish);
    this.snapshot = new Snapshot(room);
    this.setUp =
        new SetUp(
            settings,
            repository.top(),
            environment,
            "set-up in " + stateDirectory,
            guard.sandbox());
    this.takeOver =
        new TakeOver(
            specs,
            base,
            objects,
            refs,
            worktrees,
            snapshot,
            room.identity(),
            new Leaks(objects, guard.secrets()));
  }

  @Override
  public Path prepare(WorkOrder order) {
    Worktrees.Seat seat = worktrees.seat(order.key().name());
    try {
      boolean unused = worktrees.remove(seat);
      ObjectId stand = stand(order);
      worktrees.add(seat, stand.name());
      worktrees.note(seat, "start", stand.name());
      Path index = worktrees.administration(seat).orElseThrow().resolve("index");
      snapshot.checkOut(seat.folder(), seat.room(), index, stand.name());
      List<String> copied = setUp.run(seat.folder(), seat.note("setup.log"));
      worktrees.note(seat, "copied", String.join("\0", copied));
      if (setUp.runsCommands()) {
        String made = snapshot.untracked(seat.folder(), seat.room(), index);
        worktrees.note(seat, "made", made);
      }
      return seat.folder();
    } catch (PortFailure e) {
      boolean unused = worktrees.remove(seat);
      throw ofTask(e);
    }
  }

  /** Nothing that goes wrong here concerns more than the one task. */
  private static PortFailure ofTask(PortFailure failure) {
    Problem p = failure.problems().getFirst();
    return new PortFailure(
        new Problem(p.kind(), Problem.Scope.TASK, p.what(), p.where(), p.remedy()), failure);
  }

  private ObjectId stand(WorkOrder order) {
    ObjectId baseTip = ObjectId.fromString(order.baseTip());
    WorkOrder.Work work = order.work();
    if (work == null) {
      return baseTip;
    }
    String ref = Refs.branch(work.branch());
    for (int i = 0; i < TRIES; i++) {
      Optional<ObjectId> tip = refs.find(ref);
      if (tip.isPresent() && !tip.get().name().equals(work.discardHead())) {
        return objects.commit(tip.get());
      }
      tip.ifPresent(old -> refs.keep(TakeOver.backup(work.task(), old), old));
      if (refs.move(ref, tip.orElse(null), baseTip, "begin " + work.task())) {
        return baseTip;
      }
    }
    throw new PortFailure(
        Problem.environment(
            "the branch " + work.branch() + " is being moved by somebody else",
            ref,
            "leave it to hyperloop"));
  }

  @Override
  public Delivery takeOver(WorkOrder order, String detail) {
    WorkOrder.Work work = order.work();
    if (!order.writes() || work == null) {
      return new Delivery.ReadOnly();
    }
    boolean held = pause.hold(GC_PATIENCE);
    try {
      return takeOver.take(worktrees.seat(order.key().name()), work, detail);
    } finally {
      if (held) {
        pause.release();
      }
    }
  }

  @Override
  public void remove(WorkOrder order) {
    boolean unused = worktrees.remove(worktrees.seat(order.key().name()));
  }

  @Override
  public List<String> sweep(Set<String> known) {
    var removed = new ArrayList<String>();
    int left = setUp.endLeftovers();
    if (left > 0) {
      removed.add(
          "ended " + left + (left == 1 ? " process" : " processes") + " of set-up commands");
    }
    try {
      int unused = rubbish.empty();
    } catch (IOException e) {
      removed.add("what earlier runs left could not be deleted: " + e.getMessage());
    }
    for (String name : worktrees.names()) {
      if (!known.contains(name) && worktrees.remove(worktrees.seat(name))) {
        removed.add("removed the work tree of " + name);
      }
    }
    return removed;
  }

  /** Waits until removed work trees are deleted. */
  @Override
  public void close() {
    rubbish.close();
  }
}
