package io.hyperloop.adapter.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * All processes of one worker: those that carry its id in their environment, those in the sessions
 * of the programs it was started as, and the descendants of either, seen while it ran. Agents put
 * tools into sessions of their own and daemons leave their parents, so that no process group holds
 * them all.
 *
 * <p>What cleared its environment, made its own session and lost its parent, all within a second,
 * is not found: what cannot be told for certain is left alone.
 */
public final class ProcessTree {
  /** The variable that marks processes as a worker's. */
  public static final String MARK = "HYPERLOOP_WORKER_ID";

  /** How long processes get to end by themselves once asked. */
  public static final Duration GRACE = Duration.ofSeconds(3);

  /** How long the kernel gets to end them once told. */
  private static final Duration KILL_LIMIT = Duration.ofSeconds(2);

  /** Within this time, no machine gives out all its pids. */
  private static final Duration YOUNG = Duration.ofSeconds(1);

  private final @Nullable String mark;
  private final Map<Long, ProcessEntry> roots = new HashMap<>();
  private final Map<Long, ProcessEntry> seen = new HashMap<>();
  private final Set<Long> sandboxes = new HashSet<>();
  private long begunNanos;
  private @Nullable Long firstRoot;

  /** Of a worker with a unique id. */
  public ProcessTree(String workerId) {
    this.mark = MARK + "=" + workerId;
  }

  private ProcessTree() {
    this.mark = null;
  }

  /** Of one of a worker's programs alone: its session and its descendants. */
  public static ProcessTree of(WorkerProcess program) {
    var tree = new ProcessTree();
    tree.root(program.pid(), program.confined());
    return tree;
  }

  /**
   * Adds a program just started for the worker, the leader of its own session.
   *
   * @param sandbox whether it is only what keeps the real program in its sandbox
   */
  synchronized void root(long pid, boolean sandbox) {
    if (sandbox) {
      sandboxes.add(pid);
    }
    if (firstRoot == null) {
      firstRoot = pid;
      begunNanos = System.nanoTime();
    }
    ProcessEntry entry = ProcessTable.entry(pid);
    if (entry != null) {
      root(entry);
    }
  }

  /** Adds a program known from before, which need not be alive. */
  synchronized void root(ProcessEntry entry) {
    roots.put(entry.pid(), entry);
  }

  /** The first program, as it was when it started; null if it was gone at once. */
  synchronized @Nullable ProcessEntry leader() {
    return firstRoot == null ? null : roots.get(firstRoot);
  }

  /** Notes who belongs to the tree now, so that they are known when their parents are gone. */
  void look() {
    members(ProcessTable.recent());
  }

  /** How many live processes it has. */
  public int size() {
    return members().size();
  }

  /** The live processes of the tree. */
  synchronized List<ProcessEntry> members() {
    Long root = firstRoot;
    if (root != null && System.nanoTime() - begunNanos < YOUNG.toNanos()) {
      return members(ProcessTable.youngerThan(root));
    }
    return members(ProcessTable.all());
  }

  private synchronized List<ProcessEntry> members(List<ProcessEntry> table) {
    long earliest = roots.values().stream().mapToLong(ProcessEntry::start).min().orElse(0);
    var found = new ArrayList<ProcessEntry>();
    var candidates = new ArrayList<ProcessEntry>();
    for (ProcessEntry entry : table) {
      if (entry.start() < earliest) {
        continue;
      }
      (belongs(entry) ? found : candidates).add(entry);
    }
    addDescendants(found, candidates);
    found.forEach(entry -> seen.put(entry.pid(), entry));
    return found;
  }

  private boolean belongs(ProcessEntry entry) {
    ProcessEntry known = seen.get(entry.pid());
    ProcessEntry root = roots.get(entry.pid());
    return (known != null && known.same(entry))
        || (root != null && root.same(entry))
        || inOurSession(entry)
        || (mark != null && ProcessTable.carries(entry.pid(), mark));
  }

  /** A session's number is not given out again while a process is left in it. */
  private boolean inOurSession(ProcessEntry entry) {
    ProcessEntry leader = roots.get(entry.session());
    if (leader == null) {
      return false;
    }
    ProcessEntry now = ProcessTable.entry(leader.pid());
    return now == null || now.same(leader);
  }

  private static void addDescendants(List<ProcessEntry> found, List<ProcessEntry> candidates) {
    Set<Long> pids = new HashSet<>();
    found.forEach(entry -> pids.add(entry.pid()));
    boolean more = !found.isEmpty();
    while (more) {
      more =
          candidates.removeIf(entry -> {
            boolean child = pids.contains(entry.parent());
            if (child) {
              pids.add(entry.pid());
              found.add(entry);
            }
            return child;
          });
    }
  }

  /**
   * Asks all processes of the tree to end, and after the grace makes them.
   *
   * @return the pids of those that are still there, which only the kernel can explain
   */
  public List<Long> end(Duration grace) {
    List<ProcessEntry> alive = signalUntilGone(grace, false);
    if (!alive.isEmpty()) {
      alive = signalUntilGone(KILL_LIMIT, true);
    }
    return alive.stream().map(ProcessEntry::pid).toList();
  }

  /** Signals each process once, those too that are started meanwhile. */
  private List<ProcessEntry> signalUntilGone(Duration limit, boolean force) {
    long begun = System.nanoTime();
    long pauseNanos = Duration.ofMillis(1).toNanos();
    Set<ProcessEntry> signalled = new HashSet<>();
    List<ProcessEntry> alive = members();
    while (!alive.isEmpty() && System.nanoTime() - begun < limit.toNanos()) {
      // A sandbox ends with what is in it; asked to end, it would take that along at once.
      List<ProcessEntry> inside = force ? alive : withoutSandboxes(alive);
      for (ProcessEntry entry : inside.isEmpty() ? alive : inside) {
        if (signalled.add(entry)) {
          signal(entry, force);
        }
      }
      LockSupport.parkNanos(pauseNanos);
      pauseNanos = Math.min(pauseNanos * 2, Duration.ofMillis(50).toNanos());
      alive = members();
    }
    return alive;
  }

  private synchronized List<ProcessEntry> withoutSandboxes(List<ProcessEntry> entries) {
    return entries.stream().filter(entry -> !sandboxes.contains(entry.pid())).toList();
  }

  private static void signal(ProcessEntry entry, boolean force) {
    ProcessHandle.of(entry.pid())
        .ifPresent(handle -> {
          // The handle remembers the start time it saw; so between here and the signal it is
          // the JDK that makes sure the pid still means the same process.
          ProcessEntry now = ProcessTable.entry(entry.pid());
          if (now != null && now.same(entry)) {
            boolean ignored = force ? handle.destroyForcibly() : handle.destroy();
          }
        });
  }
}
