package io.hyperloop;

import io.hyperloop.adapter.agent.AgentFiles;
import io.hyperloop.adapter.git.OrchestratorLock;
import io.hyperloop.adapter.ledger.FileLedger;
import io.hyperloop.cli.Workspace;
import io.hyperloop.domain.ProcessDefinition;
import io.hyperloop.domain.Request;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.Ledger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A repository to look at: nothing is locked, nothing is written but requests. */
final class LocalWorkspace implements Workspace {
  private final Wiring wiring;
  private @Nullable State state;

  LocalWorkspace(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Path top() {
    return wiring.repository().top();
  }

  @Override
  public String base() {
    return wiring.base().name();
  }

  @Override
  public String tip() {
    return wiring.base().tip();
  }

  @Override
  public State state() {
    State known = state;
    if (known == null) {
      known = wiring.store().load();
      state = known;
    }
    return known;
  }

  @Override
  public Map<String, Spec> specs() {
    try {
      return wiring.specs().at(tip(), state().intake().handled());
    } finally {
      wiring.close();
    }
  }

  @Override
  public ProcessDefinition process() {
    return wiring.templates().at(tip()).process();
  }

  @Override
  public Optional<String> orchestrator() {
    return OrchestratorLock.holder(wiring.repository()).map(OrchestratorLock.Holder::words);
  }

  @Override
  public List<String> notices() {
    return wiring.notices();
  }

  @Override
  public Path logs(TaskId task) {
    return new AgentFiles(wiring.stateDirectory()).logs(task);
  }

  @Override
  public Path planningLogs() {
    return new AgentFiles(wiring.stateDirectory()).planningLogs();
  }

  @Override
  public Collection<Ledger.Entry> usage() {
    return FileLedger.all(wiring.stateDirectory());
  }

  @Override
  public Request submit(Function<String, Request> make) {
    return wiring.inbox((file, why) -> {}).put(make);
  }
}
