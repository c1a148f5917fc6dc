package io.hyperloop.port;

import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;

class FakeAgentRuntimeTest extends AgentRuntimeContract {
  private final FakeAgentRuntime runtime = new FakeAgentRuntime();

  @Override
  protected AgentRuntime runtime() {
    return runtime;
  }

  @Override
  protected void finish(JobKey key, Report report) {
    runtime.finish(key, report);
  }

  @Override
  protected void answer(JobKey key, PmReport report) {
    runtime.answer(key, report);
  }

  @Override
  protected int started() {
    return runtime.started().size();
  }

  @Override
  protected AgentRuntime afterKillDuring(WorkOrder order) {
    runtime.ensure(order);
    return runtime.killed();
  }

  @Override
  protected AgentRuntime afterKillAtEndOf(WorkOrder order, Report report) {
    runtime.ensure(order);
    runtime.finish(order.key(), report);
    return runtime.killed();
  }
}
