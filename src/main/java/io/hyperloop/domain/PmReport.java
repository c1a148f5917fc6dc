package io.hyperloop.domain;

import java.util.List;

/** The PM's answer, well formed but not yet judged. */
public record PmReport(
    List<Proposal> tasks, List<Note> satisfied, List<Note> deferred, List<Note> questions) {

  public PmReport {
    tasks = List.copyOf(tasks);
    satisfied = List.copyOf(satisfied);
    deferred = List.copyOf(deferred);
    questions = List.copyOf(questions);
  }

  /**
   * A task that the PM wants.
   *
   * @param key its name within this answer; empty if nothing refers to it
   * @param deps ids of existing tasks, or keys of this answer
   * @param replaces ids of failed or open tasks whose dependents now wait for this one
   */
  public record Proposal(
      String key,
      String title,
      String spec,
      String description,
      List<String> deps,
      List<String> replaces) {
    public Proposal {
      deps = List.copyOf(deps);
      replaces = List.copyOf(replaces);
    }
  }

  /** Evidence, reason or question about one spec. */
  public record Note(String spec, String text) {}
}
