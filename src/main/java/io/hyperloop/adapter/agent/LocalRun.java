package io.hyperloop.adapter.agent;

import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run of one agent, from its work tree to its end, on a virtual thread of its own. Whatever
 * happens, it ends exactly once: with an end that is durable before anyone sees it.
 */
final class LocalRun {
  private final Surroundings with;
  private final WorkOrder order;
  private final String workerId;
  private final RunDirectory directory;
  private final ProcessTree tree;
  private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
  private final CompletableFuture<JobEnd> ended = new CompletableFuture<>();
  private final Runnable onChange;
  private final Interruption interruption = new Interruption();
  private boolean prepared;

  LocalRun(Surroundings with, WorkOrder order, Runnable onChange) {
    this.with = with;
    this.onChange = onChange;
    this.order = order;
    this.workerId = order.key().name() + "-" + UUID.randomUUID();
    this.directory = with.files().run(order.key());
    this.tree = new ProcessTree(workerId);
  }

  /** A run of an orchestrator that is gone, ended as it was recorded or found. */
  LocalRun(Surroundings with, WorkOrder order, JobEnd end) {
    this(with, order, () -> {});
    ended.complete(end);
  }

  WorkOrder order() {
    return order;
  }

  /** Null while it runs. */
  @Nullable JobEnd end() {
    return ended.isCompletedExceptionally() ? null : ended.getNow(null);
  }

  /** Fails if it could not be started. */
  CompletableFuture<JobEnd> whenEnded() {
    return ended;
  }

  /**
   * Starts it and waits until the agent runs.
   *
   * @param after what must be over first
   * @throws PortFailure if it could not be started; then nothing of it is left
   */
  void start(CompletableFuture<?> after, Consumer<LocalRun> onFailure) {
    Thread.ofVirtual().name(order.key().name()).start(() -> work(after, onFailure));
    try {
      started.get();
    } catch (InterruptedException e) {
      stop("its start was interrupted");
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /** Ends it, from any thread. Without effect once the agent has ended by itself. */
  void stop(String why) {
    interruption.stop(why);
  }

  private void work(CompletableFuture<?> after, Consumer<LocalRun> onFailure) {
    interruption.begin();
    try {
      JobEnd end;
      try (AgentLog log = begin(after)) {
        Ending ending = perform(log);
        interruption.over();
        end = settle(ending, log);
      }
      finish(end);
    } catch (Throwable e) {
      // Also an Error, as of a class that is missing: somebody waits for this run's end.
      interruption.over();
      if (started.isDone()) {
        finish(Ends.silent(order, Breakage.CRASHED, "the run failed: " + e, unusable()));
      } else {
        forget(onFailure);
        started.completeExceptionally(e);
      }
    }
  }

  private void finish(JobEnd end) {
    ended.complete(end);
    onChange.run();
  }

  private AgentLog begin(CompletableFuture<?> after) throws IOException {
    after.handle((nothing, failure) -> 0).join();
    directory.begin(order, workerId);
    Path prompt = with.files().prompt(order.key());
    Files.createDirectories(prompt.getParent());
    Files.writeString(prompt, order.prompt());
    AgentLog log =
        AgentLog.open(with.files().log(order.key()), with.redaction(), AgentLog.BYTES_MAX);
    log.note(order.role() + " starts at " + with.clock().instant());
    return log;
  }

  /** Up to the agent's end, its processes' included. A failure before its start is thrown. */
  private Ending perform(AgentLog log) throws IOException {
    try {
      interruption.check();
      Path workTree = with.workplace().prepare(order);
      directory.prepared();
      prepared = true;
      interruption.check();
      Player player = with.players().apply(order.role());
      Harness harness = player.harness();
      String name = order.key().name();
      Map<String, String> environment =
          with.environment().of(order, workerId, directory.result(), player);
      try (var watchdog =
              new Watchdog(player.deadlines(), with.clock(), name, interruption::overdue);
          Harness.Session session =
              harness.start(
                  new Harness.Assignment(
                      order,
                      workTree,
                      with.files().prompt(order.key()),
                      directory.result(),
                      environment,
                      cell(workTree, harness, environment),
                      tree,
                      log,
                      new RunMonitor(order, workerId, harness.name(), watchdog, with, onChange),
                      with.files().session(order.key()).of(harness.name())))) {
        noteLeader(log);
        started.complete(null);
        return watch(session, watchdog, log);
      }
    } catch (InterruptedException e) {
      started.complete(null);
      return new Ending.Broken(Breakage.ENDED_BY_US, "");
    } catch (PortFailure e) {
      if (interruption.why() == null) {
        throw e;
      }
      // Its preparation was broken off because it was to end.
      started.complete(null);
      return new Ending.Broken(Breakage.ENDED_BY_US, "");
    }
  }

  private Sandbox.Cell cell(Path workTree, Harness harness, Map<String, String> environment) {
    Path report = Objects.requireNonNull(directory.result().getParent());
    return with.sandbox()
        .cell(
            new Sandbox.Place(
                workTree,
                Set.of(report),
                harness.ownFiles(environment),
                harness.ownSettings(environment)));
  }

  private Ending watch(Harness.Session session, Watchdog watchdog, AgentLog log) {
    Ending ending;
    try {
      ending = unlessSlept(session.await(), watchdog);
    } catch (InterruptedException e) {
      ending = interruption.ending();
    } catch (RuntimeException e) {
      ending = new Ending.Broken(Breakage.CRASHED, "the harness failed: " + e);
    }
    interruption.over();
    List<Long> left = tree.end(ProcessTree.GRACE);
    if (!left.isEmpty()) {
      log.note("these processes could not be ended: " + left);
    }
    return ending;
  }

  private static Ending unlessSlept(Ending ending, Watchdog watchdog) {
    return ending instanceof Ending.Broken broken
            && broken.kind().counted()
            && watchdog.inAftermath()
        ? new Ending.Broken(Breakage.SUSPENDED, broken.detail())
        : ending;
  }

  private void noteLeader(AgentLog log) {
    ProcessEntry leader = tree.leader();
    try {
      if (leader != null) {
        directory.leader(leader);
      }
    } catch (IOException e) {
      // A help for a later start only, which can also find it by its environment.
      log.note("its process could not be noted: " + e.getMessage());
    }
  }

  /** Reads the report, takes over the work, and makes the end durable. */
  private JobEnd settle(Ending ending, AgentLog log) {
    JobEnd end =
        switch (ending) {
          case Ending.Finished finished ->
              Ends.reported(order, directory.result(), with.redaction(), this::deliver);
          case Ending.Broken(Breakage kind, String detail, Instant until) -> {
            String why = kind == Breakage.ENDED_BY_US ? interruption.why() : null;
            String text = with.redaction().apply(why == null ? detail : why);
            yield Ends.silent(order, kind, text, deliver(""), until);
          }
        };
    with.ledger().ended(workerId);
    if (!(ending instanceof Ending.Broken broken && broken.kind().interrupts())) {
      with.files().session(order.key()).delete();
    }
    log.note("ended at " + with.clock().instant() + ": " + Ends.words(end));
    try {
      directory.end(end);
    } catch (IOException e) {
      // Seen by this orchestrator all the same; one that comes after it finds the run unfinished.
      log.note("the end could not be recorded: " + e.getMessage());
    }
    return end;
  }

  private Delivery deliver(String detail) {
    return prepared ? Ends.delivery(with.workplace(), order, detail) : unusable();
  }

  private Delivery unusable() {
    return Ends.neverReady(order);
  }

  private void forget(Consumer<LocalRun> onFailure) {
    try {
      with.workplace().remove(order);
      directory.delete();
    } catch (IOException | PortFailure e) {
      // Without an end it is found at the next start, and cleared away then.
    }
    onFailure.accept(this);
    boolean ignored = ended.cancel(false);
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case PortFailure failure -> new PortFailure(failure.problems());
      case IOException e ->
          new PortFailure(
              Problem.environment(
                  "the run's files cannot be written: " + e.getMessage(),
                  "the state directory",
                  "make room, or see to its permissions"),
              e);
      case null, default -> new IllegalStateException("the run could not be started", cause);
    };
  }
}
