package io.hyperloop.port;

import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import java.util.List;
import java.util.Set;

/** Where agents run. Recovery is nothing but {@link #observe()}. */
public interface AgentRuntime {

  /**
   * Sees to it that the work is being done. Twice equals once: a run of this key that is under way,
   * or has ended and is not released, is left as it is. Returns when the agent has been started.
   *
   * @throws PortFailure if it could not be started; with scope TASK the set-up of its work tree
   *     failed
   */
  void ensure(WorkOrder order);

  /** What runs, and what ended and is not released. Never blocks on an agent. */
  Observed observe();

  /** Runs by key. */
  record Observed(Set<JobKey> running, List<JobEnd> ended) {
    public Observed {
      running = Set.copyOf(running);
      ended = List.copyOf(ended);
    }
  }

  /** Ends a run and all that belongs to it; its work is kept. It shows up as ended afterwards. */
  void end(JobKey key, String why);

  /** Forgets an ended run: its result and work tree go; log and prompt stay. */
  void release(JobKey key);

  /**
   * Finishes what an orchestrator that is gone left: its local agents are ended, their uncommitted
   * work is put on their branches, and they show up as ended. Called once, before anything else.
   *
   * @return one line for each thing found and done
   */
  List<String> recover();

  /** Calls back when a run has ended, from any thread. */
  void onChange(Runnable wake);

  /** Ends all runs, within about ten seconds, and keeps their work. */
  void endAll(String why);
}
