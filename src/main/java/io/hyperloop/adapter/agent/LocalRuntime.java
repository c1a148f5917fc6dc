package io.hyperloop.adapter.agent;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.port.AgentRuntime;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.port.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Agents on this machine, each on a virtual thread, their runs in {@code <state directory>/runs}
 * and their logs in {@code <state directory>/logs}.
 */
public final class LocalRuntime implements AgentRuntime {
  private static final Duration END_ALL_LIMIT = Duration.ofSeconds(10);

  private final Surroundings with;
  private final Supplier<Optional<String>> full;
  private final Map<JobKey, LocalRun> runs = new ConcurrentHashMap<>();

  /** Work trees being removed: a new run of the same key waits for it. */
  private final Map<JobKey, CompletableFuture<?>> removals = new ConcurrentHashMap<>();

  /** Why all runs were ended: what starts after that ends at once. */
  private volatile @Nullable String closed;

  private final List<Runnable> wakes = new CopyOnWriteArrayList<>();

  /**
   * Over the workplaces of one repository.
   *
   * @param players gives who plays a role; asked when an agent starts, so that nothing of it is
   *     loaded before
   * @param stateDirectory of the repository, outside of it
   * @param sandbox in which their programs are started
   * @param full asked before anything is prepared for an agent: why there is no room for one on the
   *     disk, in words; empty if there is
   */
  public LocalRuntime(
      Workplace workplace,
      Function<String, Player> players,
      Path stateDirectory,
      WorkerEnvironment environment,
      Sandbox sandbox,
      Redaction redaction,
      Ledger ledger,
      InstantSource clock,
      Supplier<Optional<String>> full) {
    this.full = full;
    this.with =
        new Surroundings(
            workplace,
            players,
            new AgentFiles(stateDirectory),
            environment,
            sandbox,
            redaction,
            ledger,
            clock);
  }

  @Override
  public void ensure(WorkOrder order) {
    if (runs.containsKey(order.key())) {
      return;
    }
    Optional<String> noRoom = full.get();
    if (noRoom.isPresent()) {
      refuse(order, noRoom.get());
      return;
    }
    var run = new LocalRun(with, order, this::wake);
    if (runs.putIfAbsent(order.key(), run) != null) {
      return;
    }
    String why = closed;
    if (why != null) {
      run.stop(why);
    }
    run.start(
        removals.getOrDefault(order.key(), CompletableFuture.completedFuture(null)),
        failed -> runs.remove(order.key(), failed));
  }

  /** The run ends before it begins. Nothing is written: there may be no room even for that. */
  private void refuse(WorkOrder order, String why) {
    JobEnd end = Ends.silent(order, Breakage.NO_ROOM, why, Ends.neverReady(order));
    if (runs.putIfAbsent(order.key(), new LocalRun(with, order, end)) == null) {
      wake();
    }
  }

  @Override
  public Observed observe() {
    var running = new HashSet<JobKey>();
    var ended = new ArrayList<JobEnd>();
    runs.forEach((key, run) -> {
      JobEnd end = run.end();
      if (end == null) {
        running.add(key);
      } else {
        ended.add(end);
      }
    });
    return new Observed(running, ended);
  }

  /** Returns at once; the run ends within {@link ProcessTree#GRACE} and a little more. */
  @Override
  public void end(JobKey key, String why) {
    LocalRun run = runs.get(key);
    if (run != null) {
      run.stop(why);
    }
  }

  /** Without effect on a run that has not ended. Its work tree goes in the background. */
  @Override
  public void release(JobKey key) {
    LocalRun run = runs.get(key);
    if (run == null || run.end() == null) {
      return;
    }
    // Known before the key is free again, so that no new run can miss it.
    var removal = new CompletableFuture<Void>();
    if (removals.putIfAbsent(key, removal) != null) {
      return;
    }
    RunDirectory retired = retire(key);
    runs.remove(key, run);
    Thread.ofVirtual()
        .name("remove " + key.name())
        .start(() -> {
          try {
            remove(run.order(), retired);
          } finally {
            removals.remove(key, removal);
            removal.complete(null);
          }
        });
  }

  private RunDirectory retire(JobKey key) {
    RunDirectory directory = with.files().run(key);
    try {
      return directory.retire(with.files().released(key));
    } catch (IOException e) {
      // It stays where it is: removed below, or found again at the next start.
      return directory;
    }
  }

  private void remove(WorkOrder order, RunDirectory directory) {
    try {
      with.workplace().remove(order);
      directory.delete();
    } catch (PortFailure | IOException e) {
      // What is left of the run's directory has it tried again at the next start.
    }
  }

  @Override
  public List<String> recover() {
    var report = new ArrayList<>(new Recovery(with).run((key, run) -> runs.put(key, run)));
    var known = new HashSet<>(with.files().runNames());
    runs.keySet().forEach(key -> known.add(key.name()));
    report.addAll(with.workplace().sweep(known));
    return report;
  }

  @Override
  public void onChange(Runnable wake) {
    wakes.add(wake);
  }

  private void wake() {
    wakes.forEach(Runnable::run);
  }

  @Override
  public void endAll(String why) {
    closed = why;
    var waiting = new ArrayList<CompletableFuture<?>>(removals.values());
    for (LocalRun run : runs.values()) {
      run.stop(why);
      waiting.add(run.whenEnded().handle((end, failure) -> 0));
    }
    int ignored =
        CompletableFuture.allOf(waiting.toArray(CompletableFuture<?>[]::new))
            .handle((nothing, failure) -> 0)
            .completeOnTimeout(0, END_ALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
            .join();
  }
}
