package io.hyperloop.domain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the PM has been asked and has not answered yet. Recorded before the PM starts, so that its
 * answer is taken for the very texts it saw.
 *
 * @param generation identifies the job
 * @param asked the specs to be answered, by path
 * @param failures failed tasks handed over with the question
 * @param correction what was wrong with the first answer; empty at the first try
 */
public record Plan(
    int generation, Map<String, Asked> asked, List<TaskId> failures, List<String> correction) {

  public Plan {
    asked = Collections.unmodifiableSortedMap(new TreeMap<>(asked));
    failures = List.copyOf(failures);
    correction = List.copyOf(correction);
  }

  /** A spec's text and the commit that made it. */
  public record Asked(String blob, String commit) {}

  public JobKey.Planning key() {
    return new JobKey.Planning(generation);
  }
}
