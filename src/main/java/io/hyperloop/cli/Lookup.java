package io.hyperloop.cli;

import io.hyperloop.config.Nearest;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Spec;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds what people name. */
final class Lookup {
  private Lookup() {}

  static boolean isTask(String name) {
    return name.matches("task-[0-9]{1,9}") && !name.matches("task-0+");
  }

  /**
   * The task of that name; {@code 7} and {@code task-7} are task-007.
   *
   * @throws PortFailure of kind USER if there is none
   */
  static Task task(State state, String name) {
    String full = name.matches("[0-9]{1,9}") ? "task-" + name : name;
    Optional<Task> found = isTask(full) ? state.tasks().find(TaskId.parse(full)) : Optional.empty();
    return found.orElseThrow(() -> {
      var known = state.tasks().list().stream().map(t -> t.id().toString()).toList();
      return new PortFailure(
          Problem.user(
              "there is no task " + name,
              "",
              known.isEmpty()
                  ? "there are no tasks yet; they come with: hyperloop run"
                  : known.size() > 20 ? "see: hyperloop get tasks" : Nearest.remedy(name, known)));
    });
  }

  /**
   * The spec of that name: its path from the root of the repository, or from where the user stands.
   *
   * @throws PortFailure of kind USER if there is none on the base branch
   */
  static Spec spec(Workspace workspace, Map<String, Spec> specs, Path directory, String name) {
    Spec exact = specs.get(name);
    if (exact != null) {
      return exact;
    }
    Path top = workspace.top();
    Path meant = directory.resolve(name).toAbsolutePath().normalize();
    if (meant.startsWith(top)) {
      Spec relative = specs.get(top.relativize(meant).toString().replace('\\', '/'));
      if (relative != null) {
        return relative;
      }
    }
    throw new PortFailure(
        Problem.user(
            "there is no spec " + name + " on " + workspace.base(),
            "",
            specs.isEmpty()
                ? "write one below specs/ and commit it"
                : specs.size() > 20
                    ? "only committed specs count; see: hyperloop get specs"
                    : Nearest.remedy(name, specs.keySet()) + "; only committed specs count"));
  }

  /** What will become of a request, in words. */
  static String whenTaken(Workspace workspace) {
    return workspace
        .orchestrator()
        .map(who -> "the running orchestrator (" + who + ") takes it at once")
        .orElse("no orchestrator is running; the next one takes it: hyperloop run");
  }
}
