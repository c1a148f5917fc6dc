package io.hyperloop.sim;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.Budget;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Limits;
import io.hyperloop.domain.Spending;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What agents have used, as it is on the disk: it outlives every process. What providers said does
 * not.
 */
final class Books implements Ledger {
  private final Simulation sim;
  private final Map<TaskId, Usage> tasks = new HashMap<>();
  private final Map<String, Usage> open = new HashMap<>();
  private final Map<String, Allowance> allowances = new TreeMap<>();
  private Usage period = Usage.NONE;
  private LocalDate day = LocalDate.EPOCH;
  private boolean running;
  private @Nullable Spending known;

  Books(Simulation sim) {
    this.sim = sim;
  }

  /** A process begins: with a run of its own, unless the last one was killed. */
  void begin() {
    if (!running && sim.limits.budget().per() == Budget.Period.RUN) {
      period = Usage.NONE;
    }
    running = true;
    open.clear();
    allowances.clear();
    known = null;
  }

  /** A process has ended by itself. */
  void end() {
    running = false;
  }

  private void turnPage() {
    LocalDate today = LocalDate.ofInstant(sim.time.clock(), ZoneOffset.UTC);
    if (!today.equals(day)) {
      day = today;
      period = sim.limits.budget().per() == Budget.Period.DAY ? Usage.NONE : period;
      if (sim.limits.budget().per() == Budget.Period.DAY) {
        sim.trace.count("new day");
      }
      known = null;
    }
  }

  /** A worker that is heard of today counts to today, with all that it has used. */
  @Override
  public void used(Entry entry) {
    turnPage();
    Usage before = open.getOrDefault(entry.worker(), Usage.NONE);
    Usage more = minus(entry.usage(), before);
    open.put(entry.worker(), entry.usage());
    period = period.plus(more);
    if (entry.key() instanceof JobKey.TaskStep step) {
      tasks.merge(step.task(), more, Usage::plus);
    }
    known = null;
  }

  private static Usage minus(Usage all, Usage part) {
    return new Usage(
        all.input() - part.input(),
        all.cacheRead() - part.cacheRead(),
        all.cacheWrite() - part.cacheWrite(),
        all.output() - part.output(),
        all.microUsd() - part.microUsd(),
        all.basis());
  }

  @Override
  public void ended(String worker) {
    open.remove(worker);
  }

  @Override
  public void allowance(String program, Allowance allowance) {
    allowances.put(program, allowance);
    known = null;
  }

  @Override
  public Spending spending() {
    turnPage();
    Spending current = known;
    if (current == null) {
      current = new Spending(period, tasks, allowances);
      known = current;
    }
    return current;
  }

  // As a person would add it up.

  /** Whether nothing more may start. */
  boolean spent(Limits limits) {
    Usage all = spending().period();
    return reached(all.microUsd(), limits.budget().microUsd())
        || reached(all.tokens(), limits.budget().tokens());
  }

  /** Whether no more may be done on that task. */
  boolean spentOn(TaskId task, Limits limits) {
    Usage used = tasks.get(task);
    return used != null
        && (reached(used.microUsd(), limits.budget().taskMicroUsd())
            || reached(used.tokens(), limits.budget().taskTokens()));
  }

  private static boolean reached(long used, @Nullable Long limit) {
    return limit != null && used >= limit;
  }
}
