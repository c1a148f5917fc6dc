package io.hyperloop.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A next version of the {@link Intake} in the making. */
final class IntakeEdit {
  int nextTask;
  int generation;
  final SortedMap<String, Handled> handled;
  final List<TaskId> failures;
  final SortedMap<String, Integer> replans;
  final SortedMap<String, List<String>> answers;
  @Nullable Plan plan;
  int pmFailures;
  @Nullable Instant notBefore;
  final SortedMap<String, Instant> parked;
  @Nullable String pipeline;

  IntakeEdit(Intake from) {
    nextTask = from.nextTask();
    generation = from.generation();
    handled = new TreeMap<>(from.handled());
    failures = new ArrayList<>(from.failures());
    replans = new TreeMap<>(from.replans());
    answers = new TreeMap<>(from.answers());
    plan = from.plan();
    pmFailures = from.pmFailures();
    notBefore = from.notBefore();
    parked = new TreeMap<>(from.parked());
    pipeline = from.pipeline();
  }

  /** Notes a task for the next question to the PM. */
  void failed(TaskId id) {
    if (!failures.contains(id)) {
      failures.add(id);
    }
  }

  /** Drops the counts of all versions of a spec but that one: they never come again. */
  void forgetReplansBut(SpecRef version) {
    Integer count = replans.get(version.toString());
    forgetReplans(version.path());
    if (count != null) {
      replans.put(version.toString(), count);
    }
  }

  private void forgetReplans(String path) {
    replans.keySet().removeIf(v -> v.startsWith(path + "@") && v.lastIndexOf('@') == path.length());
  }

  /** Drops what was kept about the work on a spec that is not under that path any more. */
  void forget(String path) {
    answers.remove(path);
    forgetReplans(path);
  }

  Intake done() {
    return new Intake(
        nextTask,
        generation,
        handled,
        failures,
        replans,
        answers,
        plan,
        pmFailures,
        notBefore,
        parked,
        pipeline);
  }
}
