package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The subject of a commit that records a cycle: what changed for whom. */
public final class CommitSubject {
  private static final int MAX = 72;
  private static final String PREFIX = "hyperloop: ";

  /** What is worth telling of each task or spec, the least telling of it first. */
  private final Map<String, Phrase> phrases = new LinkedHashMap<>();

  /** What became of one task or spec; the more telling word about it stands. */
  private record Phrase(String kind, String verb, int weight) {}

  private CommitSubject() {}

  /**
   * One line of at most 72 characters without control characters, whatever agents and people put
   * into names and texts.
   */
  public static String of(List<Event> events) {
    var subject = new CommitSubject();
    events.forEach(subject::add);
    return subject.text();
  }

  private void add(Event event) {
    switch (event) {
      case Event.PlanningStarted started ->
          put("PM", "", "asked about " + count(started.specs().size(), "spec"), 1);
      case Event.PlanningEnded ended -> planned(ended.result());
      case Event.SpecAnswered answered ->
          put(
              answered.path(),
              "specs",
              answered.answer().equals("tasks") ? "planned" : answered.answer(),
              1);
      case Event.SpecRenamed renamed ->
          put(renamed.from(), "specs", "renamed to " + renamed.to(), 2);
      case Event.SpecRemoved removed -> put(removed.path(), "specs", "removed", 3);
      case Event.TaskCreated created -> put(created.task(), "created", 1);
      case Event.StepEntered entered ->
          put(entered.task(), entered.round() == 0 ? "started" : "at " + entered.phase(), 2);
      case Event.TaskBlocked blocked -> put(blocked.task(), "blocked", 3);
      case Event.WorkerEnded ended -> worker(ended);
      case Event.PullRequestOpened opened -> put(opened.task(), "pull request opened", 2);
      case Event.TaskMerged merged -> put(merged.task(), "merged", 5);
      case Event.RoundFailed failed ->
          put(failed.task(), failed.role() + " rejected round " + failed.round(), 6);
      case Event.TaskCompleted completed -> put(completed.task(), "complete", 7);
      case Event.TaskFailed failed -> put(failed.task(), "failed", 8);
      case Event.HumanNeeded needed -> put(needed.what(), "", "needs a person", 0);
      case Event.Parked parked -> put(parked.program(), "", "out of quota", 1);
      case Event.RequestTaken taken -> put(taken.what(), "", "taken", 0);
      case Event.WorkerStarted _,
          Event.RequestRefused _,
          Event.Recovered _,
          Event.Warned _,
          Event.Halted _ -> {}
    }
  }

  private void planned(String result) {
    if (!result.equals("answered")) { // Then what it answered is told.
      put("PM", "", result, 2);
    }
  }

  private void worker(Event.WorkerEnded ended) {
    if (ended.key() instanceof JobKey.TaskStep step) {
      put(step.task(), ended.role() + " " + ended.result(), 4);
    }
  }

  private void put(TaskId task, String verb, int weight) {
    put(task.toString(), "tasks", verb, weight);
  }

  private void put(String what, String kind, String verb, int weight) {
    String word = Texts.oneLine(verb, MAX);
    phrases.merge(
        Texts.oneLine(what, MAX),
        new Phrase(kind, word, weight),
        (old, next) -> next.weight() >= old.weight() ? next : old);
  }

  private String text() {
    if (phrases.isEmpty()) {
      return PREFIX + "keep the state";
    }
    Map<Phrase, List<String>> byVerb = new LinkedHashMap<>();
    phrases.forEach(
        (what, phrase) -> byVerb.computeIfAbsent(phrase, p -> new ArrayList<>()).add(what));
    var full = new ArrayList<String>();
    var brief = new ArrayList<String>();
    byVerb.forEach((phrase, names) -> {
      full.add(String.join(", ", names) + " " + phrase.verb());
      brief.add(
          names.size() == 1 || phrase.kind().isEmpty()
              ? full.getLast()
              : names.size() + " " + phrase.kind() + " " + phrase.verb());
    });
    String all = PREFIX + String.join("; ", full);
    return all.length() <= MAX ? all : fitted(brief);
  }

  /** As many as fit, and how many more there are. */
  private static String fitted(List<String> parts) {
    for (int n = parts.size(); n > 0; n--) {
      String more = n == parts.size() ? "" : "; " + (parts.size() - n) + " more";
      String text = PREFIX + String.join("; ", parts.subList(0, n)) + more;
      if (text.length() <= MAX) {
        return text;
      }
    }
    return Texts.oneLine(PREFIX + parts.getFirst(), MAX);
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }
}
