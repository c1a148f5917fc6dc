package io.hyperloop.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.Delivery;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is seen of jobs that move on while one looks. */
class JobsTest {
  private static final AgentRuntime.Observed NOTHING =
      new AgentRuntime.Observed(Set.of(), List.of());

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
