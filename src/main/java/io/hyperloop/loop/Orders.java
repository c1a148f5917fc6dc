package io.hyperloop.loop;

import io.hyperloop.domain.AgentTemplate;
import io.hyperloop.domain.Handled;
import io.hyperloop.domain.Move;
import io.hyperloop.domain.Plan;
import io.hyperloop.domain.PmPrompt;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.WorkerPrompt;
import io.hyperloop.port.PortFailure;
import io.hyperloop.port.SpecSource;
import io.hyperloop.port.WorkOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Makes the orders for agents: everything an agent is told, gathered and composed. */
public final class Orders {
  private final SpecSource specs;

  public Orders(SpecSource specs) {
    this.specs = specs;
  }

  /** The order for a worker of a task. */
  WorkOrder worker(Move.StartWorker start, State state, Observer.Snapshot snapshot) {
    Task task = state.task(start.key().task());
    AgentTemplate template = template(snapshot, start.role());
    specs.pin(task.specRef());
    String tip = specs.tip();
    String text = specs.text(task.specRef());
    String prompt =
        WorkerPrompt.compose(template, task, text, state.reviews().of(task.id()), tip).text();
    var work =
        new WorkOrder.Work(
            task.id(),
            task.title(),
            task.round(),
            task.specRef(),
            task.branch(),
            start.discardHead());
    return new WorkOrder(start.key(), start.role(), prompt, template.writes(), tip, work);
  }

  /** The order for the PM. */
  WorkOrder pm(Move.AskPm ask, State state, Observer.Snapshot snapshot) {
    Plan plan = state.intake().plan();
    if (plan == null) {
      throw new IllegalStateException("the PM is asked nothing");
    }
    AgentTemplate template = template(snapshot, AgentTemplate.PM);
    List<PmPrompt.Changed> changed = new ArrayList<>();
    new TreeMap<>(plan.asked()).forEach((path, asked) -> changed.add(changed(path, asked, state)));
    String prompt = PmPrompt.compose(template, plan, changed, snapshot.specs(), state).text();
    return new WorkOrder(ask.key(), AgentTemplate.PM, prompt, false, snapshot.tip(), null);
  }

  private PmPrompt.Changed changed(String path, Plan.Asked asked, State state) {
    var version = new SpecRef(path, asked.commit());
    specs.pin(version);
    Handled before = state.intake().handled().get(path);
    String diff = "";
    if (before != null && !before.blob().equals(asked.blob())) {
      List<String> formerly = before.formerly();
      String oldPath = formerly.isEmpty() ? path : formerly.getLast();
      diff = diff(new SpecRef(oldPath, before.commit()), version);
    }
    return new PmPrompt.Changed(path, asked.commit(), specs.text(version), diff);
  }

  /**
   * The diff is a help beside the full text. The old version may be gone: history was rewritten, or
   * the file moved in the commit that was noted.
   */
  private String diff(SpecRef before, SpecRef version) {
    try {
      return specs.diff(before, version);
    } catch (PortFailure e) {
      return "";
    }
  }

  private static AgentTemplate template(Observer.Snapshot snapshot, String role) {
    AgentTemplate template = snapshot.playbook().agents().get(role);
    if (template == null) {
      throw new PortFailure(
          Problem.user(
              "there is no agent template named " + role,
              "the overlay at " + snapshot.tip(),
              "add it to the overlay, or take the step out of process.yaml"));
    }
    return template;
  }
}
