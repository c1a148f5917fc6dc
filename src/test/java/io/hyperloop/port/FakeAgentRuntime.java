package io.hyperloop.port;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.WorkerEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Agents that work until a test says how they end. What it keeps survives {@link #killed()}. */
public final class FakeAgentRuntime implements AgentRuntime {
  /** What every piece of work ends up as, unless a test says otherwise. */
  public static final Delivery.Taken TAKEN = new Delivery.Taken("a".repeat(40), true);

  private final Map<JobKey, WorkOrder> running = new LinkedHashMap<>();
  private final Map<JobKey, JobEnd> ended = new LinkedHashMap<>();
  private final List<WorkOrder> started = new ArrayList<>();
  private final List<Runnable> wakes = new ArrayList<>();
  private @Nullable PortFailure failure;
  private @Nullable PortFailure releaseFailure;
  private @Nullable String closed;
  private Function<WorkOrder, Delivery> left = order -> TAKEN;

  /** A runtime after this one's orchestrator was killed; to be recovered. */
  public FakeAgentRuntime killed() {
    var next = new FakeAgentRuntime();
    next.running.putAll(running);
    next.ended.putAll(ended);
    next.started.addAll(started);
    next.left = left;
    return next;
  }

  /** All orders whose agents were started, the oldest first. */
  public List<WorkOrder> started() {
    return List.copyOf(started);
  }

  /** Forgets what was started so far: for worlds that go on for long. */
  public void forgetStarted() {
    started.clear();
  }

  /** What becomes of the work of a writing agent that is ended before it reports. */
  public void leaving(Function<WorkOrder, Delivery> work) {
    left = work;
  }

  /** The next start fails so. */
  public void failNext(PortFailure next) {
    failure = next;
  }

  /** The next release fails so. */
  public void failNextRelease(PortFailure next) {
    releaseFailure = next;
  }

  /** The agent of a run reports and ends; its work is taken over. */
  public void finish(JobKey key, Report report) {
    finish(key, report, delivery(key, TAKEN));
  }

  /** The agent of a run reports and ends, and this becomes of its work. */
  public void finish(JobKey key, Report report, Delivery delivery) {
    finish(new JobEnd.Worker((JobKey.TaskStep) key, new WorkerEnd.Reported(report, delivery)));
  }

  /** The agent of a run ends without a verdict. */
  public void fail(JobKey key, Breakage kind, String detail) {
    finish(silent(key, kind, detail));
  }

  /** The PM answers and ends. */
  public void answer(JobKey key, PmReport report) {
    finish(new JobEnd.Pm((JobKey.Planning) key, new PmEnd.Answered(report)));
  }

  /** A run ends in any way. */
  public void finish(JobEnd end) {
    if (!running.containsKey(end.key())) {
      throw new IllegalStateException("does not run: " + end.key());
    }
    ended.put(end.key(), end);
    running.remove(end.key());
    List.copyOf(wakes).forEach(Runnable::run);
  }

  @Override
  public void ensure(WorkOrder order) {
    if (running.containsKey(order.key()) || ended.containsKey(order.key())) {
      return;
    }
    PortFailure fails = failure;
    if (fails != null) {
      failure = null;
      throw fails;
    }
    started.add(order);
    running.put(order.key(), order);
    if (closed != null) {
      end(order.key(), closed);
    }
  }

  @Override
  public Observed observe() {
    return new Observed(running.keySet(), List.copyOf(ended.values()));
  }

  @Override
  public void end(JobKey key, String why) {
    if (running.containsKey(key)) {
      finish(silent(key, Breakage.ENDED_BY_US, why));
    }
  }

  @Override
  public void release(JobKey key) {
    PortFailure fails = releaseFailure;
    if (fails != null) {
      releaseFailure = null;
      throw fails;
    }
    ended.remove(key);
  }

  @Override
  public List<String> recover() {
    var report = new ArrayList<String>();
    ended.keySet().forEach(key -> report.add(key.name() + ": had ended before"));
    for (JobKey key : List.copyOf(running.keySet())) {
      finish(silent(key, Breakage.FOUND_AT_START, "its orchestrator was gone"));
      report.add(key.name() + ": was left unfinished");
    }
    return report;
  }

  @Override
  public void onChange(Runnable wake) {
    wakes.add(wake);
  }

  @Override
  public void endAll(String why) {
    closed = why;
    List.copyOf(running.keySet()).forEach(key -> end(key, why));
  }

  private JobEnd silent(JobKey key, Breakage kind, String detail) {
    return switch (key) {
      case JobKey.TaskStep step ->
          new JobEnd.Worker(step, new WorkerEnd.Silent(kind, detail, left(key)));
      case JobKey.Planning planning -> new JobEnd.Pm(planning, new PmEnd.Silent(kind, detail));
    };
  }

  private Delivery left(JobKey key) {
    WorkOrder order = running.get(key);
    return delivery(key, order != null && order.writes() ? left.apply(order) : TAKEN);
  }

  private Delivery delivery(JobKey key, Delivery whenWriting) {
    WorkOrder order = running.get(key);
    return order == null || order.writes() ? whenWriting : new Delivery.ReadOnly();
  }
}
