package io.hyperloop.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.PmReport;
import io.hyperloop.domain.Report;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.WorkerEnd;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every place where agents run keeps to. */
public abstract class AgentRuntimeContract {
  private static final Report PASSED = new Report(Verdict.PASS, "done", false);

  /** The one runtime of a test; its agents work until they are told to finish. */
  protected abstract AgentRuntime runtime();

  /** Has the agent of a run report and end. */
  protected abstract void finish(JobKey key, Report report);

  /** Has the PM of a run answer and end. */
  protected abstract void answer(JobKey key, PmReport report);

  /** How many agents were started in this test. */
  protected abstract int started();

  /** A runtime, not yet recovered, after one that was killed while it ran this order. */
  protected abstract AgentRuntime afterKillDuring(WorkOrder order);

  /** A runtime, not yet recovered, after one that was killed when this order had ended so. */
  protected abstract AgentRuntime afterKillAtEndOf(WorkOrder order, Report report);

  @Test
  void aRunIsObservedWhileItsAgentWorks() {
    runtime().ensure(Orders.writing(1));

    assertThat(runtime().observe().running()).containsExactly(Orders.writing(1).key());
    assertThat(runtime().observe().ended()).isEmpty();
  }

  @Test
  void aRunThatEndedShowsWhatItsAgentReported() {
    WorkOrder order = Orders.writing(1);
    runtime().ensure(order);

    finish(order.key(), PASSED);

    assertThat(ended(runtime(), order.key()))
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            end -> {
              assertThat(end.report()).isEqualTo(PASSED);
              assertThat(end.delivery()).isInstanceOf(Delivery.Taken.class);
            });
    assertThat(runtime().observe().running()).isEmpty();
  }

  @Test
  void anAgentThatOnlyLooksDeliversNothing() {
    WorkOrder order = Orders.reading(1);
    runtime().ensure(order);

    finish(order.key(), new Report(Verdict.FAIL, "a test fails", false));

    assertThat(ended(runtime(), order.key()).delivery()).isEqualTo(new Delivery.ReadOnly());
  }

  @Test
  void thePmsAnswerIsTheEndOfItsRun() {
    WorkOrder order = Orders.planning(3);
    var answer =
        new PmReport(
            List.of(
                new PmReport.Proposal(
                    "a", "Do it", "specs/a.md", "", List.of("task-001"), List.of())),
            List.of(new PmReport.Note("specs/b.md", "it is there")),
            List.of(),
            List.of());
    runtime().ensure(order);

    answer(order.key(), answer);

    assertThat(awaitEnd(runtime(), order.key()))
        .isEqualTo(new JobEnd.Pm(new JobKey.Planning(3), new PmEnd.Answered(answer)));
  }

  @Test
  void ensuringTwiceStartsOneAgent() {
    WorkOrder order = Orders.writing(1);
    runtime().ensure(order);
    runtime().ensure(order);

    finish(order.key(), PASSED);

    assertThat(awaitEnd(runtime(), order.key())).isNotNull();
    assertThat(started()).isEqualTo(1);
  }

  @Test
  void ensuringARunThatEndedLeavesItAsItIs() {
    WorkOrder order = Orders.writing(1);
    runtime().ensure(order);
    finish(order.key(), PASSED);
    WorkerEnd before = ended(runtime(), order.key());

    runtime().ensure(order);

    assertThat(ended(runtime(), order.key())).isEqualTo(before);
    assertThat(started()).isEqualTo(1);
  }

  @Test
  void aRunThatWeEndSaysSoAndKeepsItsWork() {
    WorkOrder order = Orders.writing(1);
    runtime().ensure(order);

    runtime().end(order.key(), "its spec was removed");

    assertThat(ended(runtime(), order.key()))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Breakage.ENDED_BY_US);
              assertThat(end.detail()).isEqualTo("its spec was removed");
              assertThat(end.delivery()).isInstanceOf(Delivery.Taken.class);
            });
  }

  @Test
  void endingWhatDoesNotRunIsNothing() {
    runtime().end(Orders.writing(9).key(), "no reason");

    assertThat(runtime().observe().ended()).isEmpty();
  }

  @Test
  void aReleasedRunIsForgottenAndItsKeyIsFreeAgain() {
    WorkOrder order = Orders.writing(1);
    runtime().ensure(order);
    finish(order.key(), PASSED);
    JobEnd before = awaitEnd(runtime(), order.key());
    assertThat(before.key()).isEqualTo(order.key());

    runtime().release(order.key());
    runtime().release(order.key());
    assertThat(runtime().observe().ended()).isEmpty();

    runtime().ensure(order);
    assertThat(runtime().observe().running()).containsExactly(order.key());
    finish(order.key(), new Report(Verdict.FAIL, "second", false));
    assertThat(ended(runtime(), order.key()))
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class, end -> assertThat(end.report().detail()).isEqualTo("second"));
  }

  @Test
  void endingAllLeavesNothingRunning() {
    runtime().ensure(Orders.writing(1));
    runtime().ensure(Orders.reading(2));
    runtime().ensure(Orders.planning(1));

    runtime().endAll("stopping");

    assertThat(runtime().observe().running()).isEmpty();
    assertThat(runtime().observe().ended()).hasSize(3);
  }

  @Test
  void whatIsStartedAfterAllWereEndedEndsAtOnce() {
    runtime().endAll("stopping");
    WorkOrder order = Orders.writing(1);

    runtime().ensure(order);

    assertThat(ended(runtime(), order.key()))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class, end -> assertThat(end.kind()).isEqualTo(Breakage.ENDED_BY_US));
  }

  @Test
  void whatAKilledOrchestratorLeftRunningShowsUpAsEnded() {
    WorkOrder order = Orders.writing(1);
    AgentRuntime next = afterKillDuring(order);

    assertThat(next.recover()).singleElement().asString().contains(order.key().name());

    assertThat(next.observe().running()).isEmpty();
    assertThat(ended(next, order.key()))
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class,
            end -> {
              assertThat(end.kind()).isEqualTo(Breakage.FOUND_AT_START);
              assertThat(end.delivery()).isInstanceOf(Delivery.Taken.class);
            });
  }

  @Test
  void anEndThatNobodyTookShowsUpAgainAfterAKill() {
    WorkOrder order = Orders.writing(1);
    AgentRuntime next = afterKillAtEndOf(order, PASSED);

    assertThat(next.recover()).isNotEmpty();

    assertThat(ended(next, order.key()))
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class, end -> assertThat(end.report()).isEqualTo(PASSED));
  }

  @Test
  void withNothingLeftBehindRecoveryDoesNothing() {
    assertThat(runtime().recover()).isEmpty();
    assertThat(runtime().observe())
        .isEqualTo(new AgentRuntime.Observed(java.util.Set.of(), List.of()));
  }

  protected static WorkerEnd ended(AgentRuntime runtime, JobKey key) {
    return ((JobEnd.Worker) awaitEnd(runtime, key)).end();
  }

  /** Waits for the end of a run, woken by the runtime as the loop is. */
  public static JobEnd awaitEnd(AgentRuntime runtime, JobKey key) {
    var woken = new Semaphore(0);
    runtime.onChange(woken::release);
    try {
      while (runtime.observe().running().contains(key)) {
        if (!woken.tryAcquire(30, TimeUnit.SECONDS)) {
          throw new AssertionError(key + " did not end, or nobody was woken");
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return Orders.end(runtime.observe(), key);
  }
}
