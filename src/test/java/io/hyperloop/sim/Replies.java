package io.hyperloop.sim;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.Usage;
import io.hyperloop.port.Ledger;
import io.hyperloop.port.WorkOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one agent's model, each told as what it used, as long as the process that started
 * it is there to hear them. A reply takes longer than a cycle: so an agent is at most one ahead.
 */
final class Replies {
  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final Simulation sim;
  private final WorkOrder order;
  private final String worker;
  private final @Nullable Life hearer;
  private Usage used = Usage.NONE;
  private boolean over;
  private boolean toldInCalm;
  private long cyclesToWaitFor;
  private int jobsToWaitFor = -1;

  Replies(Simulation sim, WorkOrder order, String worker) {
    this.sim = sim;
    this.order = order;
    this.worker = worker;
    this.hearer = sim.living();
  }

  /** Has it reply a few times within that time. */
  void within(Duration time) {
    for (int i = 1 + sim.dice.below(3); i > 0; i--) {
      reply(Duration.ofMillis(1 + time.toMillis() * sim.dice.below(100) / 100));
    }
  }

  private void reply(Duration in) {
    sim.time.in(in, this::reply);
  }

  private void reply() {
    Life life = hearer;
    if (over || life == null || life.killed() || !life.equals(sim.living())) {
      return;
    }
    if (!heard(life)) {
      reply(A_WHILE);
      return;
    }
    if (toldInCalm && order.key() instanceof JobKey.TaskStep step) {
      boolean spent = sim.books.spentOn(step.task(), sim.limits);
      if (spent) {
        throw new Violation(Invariant.ONE_REPLY_TOO_MANY, "a second one beyond the limit: " + step);
      }
    }
    tell(life);
  }

  /** Whether the loop has done all that it does because of the last reply. */
  private boolean heard(Life life) {
    if (life.cycles() < cyclesToWaitFor) {
      return false;
    }
    if (jobsToWaitFor < 0) {
      jobsToWaitFor = life.jobs();
    }
    return life.idleUpTo(jobsToWaitFor);
  }

  private void tell(Life life) {
    used = used.plus(sim.means.reply());
    WorkOrder.Work work = order.work();
    String program = sim.limits.cast().program(order.role());
    sim.books.used(
        new Ledger.Entry(
            worker,
            order.key(),
            order.role(),
            program,
            "model",
            work == null ? null : work.specRef().path(),
            used));
    if (!sim.faults.calm() && sim.dice.oneIn(4)) {
      sim.books.allowance(program, sim.means.allowance(sim.time.clock()));
      sim.trace.count("allowance told");
    }
    toldInCalm = sim.faults.calm();
    cyclesToWaitFor = life.cycles() + (life.waits() ? 1 : 2);
    jobsToWaitFor = -1;
    sim.trace.count("reply");
    sim.agents.wake();
  }

  /** It is told to end, or has. */
  void end() {
    over = true;
    sim.books.ended(worker);
  }
}
