package io.hyperloop.domain;

import java.util.Map;

/**
 * What agents have used, as observed.
 *
 * @param period in all, within the budget's period
 * @param tasks by task, over its whole life
 * @param allowances what providers said last, by program
 */
public record Spending(Usage period, Map<TaskId, Usage> tasks, Map<String, Allowance> allowances) {

  public static final Spending NONE = new Spending(Usage.NONE, Map.of(), Map.of());

  public Spending {
    tasks = Map.copyOf(tasks);
    allowances = Map.copyOf(allowances);
  }

  public Usage on(TaskId task) {
    return tasks.getOrDefault(task, Usage.NONE);
  }
}
