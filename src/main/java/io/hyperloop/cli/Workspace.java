package io.hyperloop.cli;

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

/** One repository as the commands see it. Everything is looked up when asked for. */
public interface Workspace {

  /** The root of the work tree. */
  Path top();

  /** The name of the base branch. */
  String base();

  /** The commit at its tip, 40 hex digits. */
  String tip();

  State state();

  /** The specs at the tip, by path. */
  Map<String, Spec> specs();

  /**
   * The process at the tip. May build the overlay, so ask only when needed.
   *
   * @throws io.hyperloop.port.PortFailure if it does not build or is not valid
   */
  ProcessDefinition process();

  /** Who runs here, as {@code process 4242 on host, since 2026-11-22T10:00:00Z}. */
  Optional<String> orchestrator();

  /** What a person should know besides, one line each: specs not committed, saving held up. */
  List<String> notices();

  /** The folder of a task's logs and prompts; need not exist. */
  Path logs(TaskId task);

  /** The folder of the PM's logs and prompts; need not exist. */
  Path planningLogs();

  /** What each agent has used that ever worked here. */
  Collection<Ledger.Entry> usage();

  /** Leaves a request in the inbox; {@code make} gives the one with that id. */
  Request submit(Function<String, Request> make);
}
