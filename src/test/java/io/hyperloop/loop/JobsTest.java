package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.MergeEnd;
import io.hyperloop.domain.Pipelines;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.Sight;
import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.Spending;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskStatus;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is seen of jobs that move on while one looks. */
class JobsTest {
  private static final AgentRuntime.Observed NOTHING =
      new AgentRuntime.Observed(Set.of(), List.of());

  private static final SpecRef SPEC = new SpecRef("specs/a.md", "1".repeat(40));

  private final JobKey.TaskStep key = new JobKey.TaskStep(new TaskId(1), "implementer", 0, 0);
  private final Jobs jobs = new Jobs();

  private JobEnd ended(Breakage kind) {
    return new JobEnd.Worker(key, new WorkerEnd.Silent(kind, "", new Delivery.ReadOnly()));
  }

  @Test
  void aJobThatStartedWhileTheRuntimeAnsweredIsSeenAtWork() {
    jobs.starts(key);
    Jobs.Seen seen =
        jobs.look(() -> {
          jobs.started(key);
          return NOTHING;
        });
    assertThat(seen.workers()).containsExactly(key);
  }

  @Test
  void aStartThatFailedWhileTheRuntimeAnsweredIsSeenTheNextTime() {
    jobs.starts(key);
    JobEnd failed = ended(Breakage.SETUP_FAILED);
    Jobs.Seen seen =
        jobs.look(() -> {
          jobs.startFailed(failed);
          return NOTHING;
        });
    assertThat(seen.workers()).containsExactly(key);
    assertThat(seen.ended()).isEmpty();
    assertThat(jobs.look(() -> NOTHING).ended()).containsExactly(failed);
  }

  @Test
  void aStartThatFailedThoughTheAgentRunsDidNotFail() {
    jobs.starts(key);
    jobs.startFailed(ended(Breakage.SETUP_FAILED));
    var running = new AgentRuntime.Observed(Set.of(key), List.of());
    Jobs.Seen seen = jobs.look(() -> running);
    assertThat(seen.workers()).containsExactly(key);
    assertThat(seen.ended()).isEmpty();
    assertThat(jobs.look(() -> NOTHING).ended()).as("it is forgotten").isEmpty();
  }

  @Test
  void anActionThatSaidNotYetIsForgottenOnceItsTaskIsElsewhere() {
    Instant now = Instant.EPOCH;
    Task at = Task.create(key.task(), "Do it", SPEC, List.of(), "");
    at = at.edit().status(TaskStatus.IN_PROGRESS).phase(key.phase()).done();
    jobs.merged(key, new MergeEnd.NotYet("a file is in the way"), now);
    consumed(at);
    assertThat(jobs.look(() -> NOTHING).deferred()).containsOnlyKeys(key);
    consumed(at.edit().round(1).done());
    assertThat(jobs.look(() -> NOTHING).deferred()).isEmpty();
    jobs.merged(key, new MergeEnd.NotYet("a file is in the way"), now);
    consumed(at.edit().status(TaskStatus.FAILED).done());
    assertThat(jobs.look(() -> NOTHING).deferred()).isEmpty();
  }

  private void consumed(Task task) {
    var state = new State(TaskTable.of(List.of(task)), Reviews.EMPTY, Intake.EMPTY);
    Jobs.Seen seen = jobs.look(() -> NOTHING);
    jobs.consumed(seen(seen), state);
  }

  private static Sight seen(Jobs.Seen seen) {
    return new Sight(
        "",
        Map.of(),
        Pipelines.usual(),
        seen.ended(),
        seen.workers(),
        seen.merges(),
        seen.deferred(),
        seen.landed(),
        List.of(),
        Spending.NONE,
        io.hyperloop.domain.Pulls.NONE,
        false);
  }

  @Test
  void anEndThatWasLetGoWhileTheRuntimeAnsweredIsNotSeenAgain() {
    jobs.releases(key);
    Jobs.Seen seen =
        jobs.look(() -> {
          jobs.released(key);
          return new AgentRuntime.Observed(Set.of(), List.of(ended(Breakage.QUOTA)));
        });
    assertThat(seen.ended()).isEmpty();
  }
}
