package io.hyperloop.port;

import io.hyperloop.domain.Allowance;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Spending;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ledger in memory, of one endless period. */
public final class FakeLedger implements Ledger {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Allowance> allowances = new TreeMap<>();

  @Override
  public synchronized void used(Entry entry) {
    entries.put(entry.worker(), entry);
  }

  @Override
  public void ended(String worker) {}

  @Override
  public synchronized void allowance(String program, Allowance allowance) {
    allowances.put(program, allowance);
  }

  @Override
  public synchronized Spending spending() {
    var tasks = new TreeMap<TaskId, Usage>();
    Usage all = Usage.NONE;
    for (Entry entry : entries.values()) {
      all = all.plus(entry.usage());
      if (entry.key() instanceof JobKey.TaskStep step) {
        tasks.merge(step.task(), entry.usage(), Usage::plus);
      }
    }
    return new Spending(all, tasks, allowances);
  }

  /** All that was told, the last of each worker. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries.values());
  }
}
