package io.hyperloop.port;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import java.util.List;

/** Orders for tests, with defaults for whatever is not under test. */
public final class Orders {
  private static final String BASE = "1".repeat(40);

  private Orders() {}

  /** For an agent that writes, on task-001, 002, ... */
  public static WorkOrder writing(int task) {
    return order(task, "implementer", true);
  }

  /** For an agent that only looks. */
  public static WorkOrder reading(int task) {
    return order(task, "verifier", false);
  }

  public static WorkOrder planning(int generation) {
    return new WorkOrder(
        new JobKey.Planning(generation), "pm", "plan the work\n", false, BASE, null);
  }

  public static WorkOrder prompted(WorkOrder order, String prompt) {
    return new WorkOrder(
        order.key(), order.role(), prompt, order.writes(), order.baseTip(), order.work());
  }

  private static WorkOrder order(int task, String role, boolean writes) {
    var id = new TaskId(task);
    return new WorkOrder(
        new JobKey.TaskStep(id, role, 0, 0),
        role,
        "do the work\n",
        writes,
        BASE,
        new WorkOrder.Work(
            id,
            "Some work",
            0,
            new SpecRef("specs/some.md", "2".repeat(40)),
            "hyperloop/" + id,
            null));
  }

  /** The end of that key in what was observed; fails if there is not exactly one. */
  public static io.hyperloop.domain.JobEnd end(AgentRuntime.Observed observed, JobKey key) {
    List<io.hyperloop.domain.JobEnd> ends =
        observed.ended().stream().filter(end -> end.key().equals(key)).toList();
    if (ends.size() != 1) {
      throw new AssertionError(ends.size() + " ends of " + key + " in " + observed);
    }
    return ends.getFirst();
  }
}
