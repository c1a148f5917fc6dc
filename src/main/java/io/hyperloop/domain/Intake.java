package io.hyperloop.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the specs are handled.
 *
 * @param nextTask the number of the next task
 * @param generation the number of the last question to the PM
 * @param handled by path
 * @param failures failed tasks not yet handed to the PM
 * @param replans generations of tasks made, by {@code path@commit}
 * @param answers people's answers to a spec's questions, by path
 * @param plan the open question to the PM
 * @param pmFailures failed intakes in a row
 * @param notBefore back-off of the PM
 * @param parked until when programs have used up their allowance, by program
 * @param pipeline fingerprint of the pipeline that the phases of open tasks belong to
 */
public record Intake(
    int nextTask,
    int generation,
    SortedMap<String, Handled> handled,
    List<TaskId> failures,
    SortedMap<String, Integer> replans,
    SortedMap<String, List<String>> answers,
    @Nullable Plan plan,
    int pmFailures,
    @Nullable Instant notBefore,
    SortedMap<String, Instant> parked,
    @Nullable String pipeline) {

  public static final Intake EMPTY =
      new Intake(
          1,
          0,
          new TreeMap<>(),
          List.of(),
          new TreeMap<>(),
          new TreeMap<>(),
          null,
          0,
          null,
          new TreeMap<>(),
          null);

  /** With no program parked. */
  public Intake(
      int nextTask,
      int generation,
      SortedMap<String, Handled> handled,
      List<TaskId> failures,
      SortedMap<String, Integer> replans,
      SortedMap<String, List<String>> answers,
      @Nullable Plan plan,
      int pmFailures,
      @Nullable Instant notBefore,
      @Nullable String pipeline) {
    this(
        nextTask,
        generation,
        handled,
        failures,
        replans,
        answers,
        plan,
        pmFailures,
        notBefore,
        new TreeMap<>(),
        pipeline);
  }

  public Intake {
    handled = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(handled));
    failures = List.copyOf(failures);
    replans = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(replans));
    answers = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    parked = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parked));
    if (nextTask < 1 || generation < 0 || pmFailures < 0) {
      throw new IllegalArgumentException("intake counts out of range");
    }
  }

  /** How many generations of tasks this version of a spec has had. */
  public int replansOf(SpecRef version) {
    Integer n = replans.get(version.toString());
    return n == null ? 0 : n;
  }

  /** The answers given for a spec, oldest first. */
  public List<String> answersFor(String path) {
    List<String> given = answers.get(path);
    return given == null ? List.of() : given;
  }

  /** Tells whether that text of the spec was answered. */
  public boolean covers(Spec spec) {
    Handled h = handled.get(spec.path());
    return h != null && h.blob().equals(spec.blob());
  }

  Map<String, Handled> handledCopy() {
    return new TreeMap<>(handled);
  }
}
