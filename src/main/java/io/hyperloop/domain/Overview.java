package io.hyperloop.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that one look should tell: what is being done, what is waited for and for whom, why, and what
 * to type next.
 *
 * @param headline the whole in one line
 * @param specs by path
 * @param tasks by number
 * @param next what to type, the most useful first
 */
public record Overview(
    String headline, List<SpecView> specs, List<TaskView> tasks, List<String> next) {
  public Overview {
    specs = List.copyOf(specs);
    tasks = List.copyOf(tasks);
    next = List.copyOf(next);
  }

  /**
   * Looks.
   *
   * @param specs by path
   * @param pipeline nothing where the process could not be read
   * @param running whether an orchestrator holds the repository
   */
  public static Overview of(
      State state,
      Map<String, Spec> specs,
      Optional<Pipeline> pipeline,
      boolean running,
      Instant now) {
    SpecPaths paths = SpecPaths.of(state.intake());
    var judge = new TaskView.Judge(state, pipeline, paths, now, running);
    SortedMap<TaskId, List<TaskId>> blocked = DependencyGraph.blocked(state.tasks());
    List<TaskView> tasks = new ArrayList<>();
    Map<String, List<TaskView>> bySpec = new HashMap<>();
    for (Task task : state.tasks()) {
      TaskView view = judge.view(task, blocked.getOrDefault(task.id(), List.of()));
      tasks.add(view);
      bySpec.computeIfAbsent(view.spec(), path -> new ArrayList<>()).add(view);
    }
    Map<String, SpecStatus> statuses = SpecStatus.all(state, specs);
    List<SpecView> specViews = new ArrayList<>();
    new TreeMap<>(specs)
        .forEach((path, spec) ->
            specViews.add(
                SpecView.of(
                    state.intake(),
                    spec,
                    statuses.getOrDefault(path, SpecStatus.OUT_OF_SYNC),
                    bySpec.getOrDefault(path, List.of()))));
    return new Overview(
        headline(state, specViews, tasks, running, now),
        specViews,
        tasks,
        next(specViews, tasks, running));
  }

  /** How many tasks stand where. */
  public SortedMap<TaskView.Turn, Integer> turns() {
    var counts = new TreeMap<TaskView.Turn, Integer>();
    tasks.forEach(task -> counts.merge(task.turn(), 1, Integer::sum));
    return counts;
  }

  /** How many specs stand where. */
  public SortedMap<SpecStatus, Integer> statuses() {
    var counts = new TreeMap<SpecStatus, Integer>();
    specs.forEach(spec -> counts.merge(spec.status(), 1, Integer::sum));
    return counts;
  }

  /** Whether every spec is in sync and no task is open. */
  public boolean converged() {
    return specs.stream().allMatch(s -> s.status() == SpecStatus.IN_SYNC)
        && tasks.stream().noneMatch(t -> t.task().open());
  }

  private static String headline(
      State state, List<SpecView> specs, List<TaskView> tasks, boolean running, Instant now) {
    if (specs.isEmpty() && tasks.isEmpty()) {
      return "no specs yet: nothing is wanted";
    }
    boolean open = tasks.stream().anyMatch(t -> t.task().open());
    boolean gap =
        specs.stream().anyMatch(s -> s.status() == SpecStatus.OUT_OF_SYNC)
            || !state.intake().failures().isEmpty()
            || state.intake().plan() != null;
    long human = tasks.stream().filter(t -> t.turn() == TaskView.Turn.NEEDS_YOU).count();
    long asking = specs.stream().filter(s -> s.status() == SpecStatus.NEEDS_HUMAN).count();
    if (!open && !gap) {
      return asking == 0 ? "converged: every spec is in sync" : "waiting for you";
    }
    if (!running) {
      return "stopped: work is left, and no orchestrator is running";
    }
    long working =
        tasks.stream()
            .filter(t -> t.turn() == TaskView.Turn.WORKING || t.turn() == TaskView.Turn.QUEUED)
            .count();
    if (working > 0) {
      return "working on " + (working == 1 ? "1 task" : working + " tasks");
    }
    if (gap) {
      return "planning" + pmBackoff(state.intake(), now);
    }
    return human > 0 || asking > 0 ? "waiting for you" : "blocked";
  }

  private static String pmBackoff(Intake intake, Instant now) {
    Instant notBefore = intake.notBefore();
    return intake.pmFailures() > 0 && notBefore != null && notBefore.isAfter(now)
        ? ": the PM failed "
            + intake.pmFailures()
            + " times in a row, asked again in "
            + TaskView.age(Duration.between(now, notBefore))
        : "";
  }

  private static List<String> next(List<SpecView> specs, List<TaskView> tasks, boolean running) {
    var next = new LinkedHashSet<String>();
    tasks.stream().map(TaskView::remedy).filter(r -> !r.isEmpty()).forEach(next::add);
    specs.stream().flatMap(s -> s.remedies().stream()).forEach(next::add);
    boolean work =
        tasks.stream().anyMatch(t -> t.task().open())
            || specs.stream().anyMatch(s -> s.status() == SpecStatus.OUT_OF_SYNC);
    if (work && !running) {
      next.add("hyperloop run");
    }
    return List.copyOf(next);
  }

  /** A word of a command line, quoted where a shell would take it apart. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
