package io.hyperloop.domain;

import io.hyperloop.domain.Pipeline.Step;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has tasks follow what people do to their pull requests, and what became of bringing those up to
 * date. Does nothing where work is merged locally.
 */
final class PullRequestLife {
  private final Draft draft;
  private final Stepping stepping;
  private final @Nullable Forge forge;

  PullRequestLife(Draft draft, Stepping stepping) {
    this.draft = draft;
    this.stepping = stepping;
    this.forge = draft.limits.forge();
  }

  /** Takes in what people did: merged it, closed it, gave or took a label. */
  void observe() {
    if (forge == null) {
      return;
    }
    for (Task task : draft.tasks().unsettled()) {
      Optional<PullRequestSight> pull = draft.sight.pulls().of(task.id());
      if (pull.isEmpty()) {
        continue;
      }
      boolean open = task.status() == TaskStatus.IN_PROGRESS || Publication.parked(task);
      switch (pull.get().state()) {
        case MERGED -> {
          if (open) {
            merged(task, pull.get());
          } else {
            letGo(task);
          }
        }
        case CLOSED -> {
          if (open) {
            closed(task, pull.get());
          } else {
            letGo(task);
          }
        }
        case OPEN -> {
          if (open) {
            note(task, pull.get());
          }
        }
      }
    }
  }

  private void merged(Task task, PullRequestSight pull) {
    String commit = pull.mergeCommit() == null ? pull.head() : pull.mergeCommit();
    draft.put(
        Stepping.afresh(task, draft.now)
            .head(pull.head())
            .merged(commit)
            .status(TaskStatus.COMPLETE)
            .phase(null)
            .published(null)
            .done());
    draft.event(new Event.TaskMerged(task.id(), commit));
    draft.event(new Event.TaskCompleted(task.id()));
    draft.moves.add(new Move.CleanUp(draft.publication.key(task)));
  }

  private void closed(Task task, PullRequestSight pull) {
    String said = new Feedback(pull, draft.reviewsOf(task.id()).toList()).unheard();
    String words = said.isEmpty() ? "closed without feedback" : said;
    draft.review(task, Review.HUMAN, Review.FAIL, words);
    Task closed = task.edit().published(null).done();
    stepping.fail(
        closed, new Reason(Reason.Kind.FAILED, "its pull request was closed: " + pull.url()));
  }

  private void letGo(Task task) {
    draft.put(task.edit().published(null).done());
  }

  /** Remembers for which head a label was given, since a label itself does not tell. */
  private void note(Task task, PullRequestSight pull) {
    SortedMap<String, String> clearances = new TreeMap<>(task.clearances());
    draft
        .sight
        .process()
        .gates()
        .forEach((name, gate) -> {
          if (gate instanceof Gate.Label(String label)) {
            if (pull.labels().stream().noneMatch(label::equalsIgnoreCase)) {
              clearances.remove(name);
            } else {
              clearances.putIfAbsent(name, pull.head());
            }
          }
        });
    draft.put(task.edit().clearances(clearances).done());
  }

  /** A finding of people, or of checks that must pass; nothing if the step itself is to judge. */
  Optional<Outcome> finding(Task task, Step step, PullRequestSight pull) {
    Optional<Outcome> requested =
        new Feedback(pull, draft.reviewsOf(task.id()).toList())
            .requested()
            .map(text -> new Outcome.Rejected(Review.HUMAN, text));
    if (requested.isPresent() || step.kind() != Pipeline.Kind.ACTION) {
      return requested;
    }
    return switch (rules(task, pull).requiredChecks()) {
      case GateRules.Ruling.Rejects(String role, String finding) ->
          Optional.of(new Outcome.Rejected(role, finding));
      case GateRules.Ruling.Waits _, GateRules.Ruling.Cleared _ -> Optional.empty();
    };
  }

  GateRules rules(Task task, PullRequestSight pull) {
    return new GateRules(draft.sight.process().gates(), task, pull, draft.sight.pulls().logs());
  }

  /** A gate that was cleared is so for that head; checks speak for themselves on each. */
  void cleared(Task task, String gate, String head) {
    clear(task, gate, head, member -> !(member instanceof Gate.Checks));
  }

  /** The approval that a person gave at a gate counts for those members that ask for one. */
  Task approved(Task task, String gate, String head) {
    clear(task, gate, head, Gate.Manual.class::isInstance);
    return draft.task(task.id());
  }

  private void clear(Task task, String gate, String head, Predicate<Gate> which) {
    SortedMap<String, String> clearances = new TreeMap<>(task.clearances());
    Map<String, Gate> gates = draft.sight.process().gates();
    members(gate).filter(name -> which.test(gates.get(name))).forEach(n -> clearances.put(n, head));
    draft.put(task.edit().clearances(clearances).done());
  }

  /** Whether it is, or holds, a gate that is cleared without a pull request. */
  boolean asksAPerson(String gate) {
    return members(gate)
        .map(draft.sight.process().gates()::get)
        .anyMatch(Gate.Manual.class::isInstance);
  }

  private Stream<String> members(String gate) {
    return draft.sight.process().gates().get(gate) instanceof Gate.All all
        ? all.gates().stream()
        : Stream.of(gate);
  }

  /** Takes in how that went. */
  void published(JobEnd.Published ended) {
    Optional<Task> found = draft.find(ended.key().task());
    if (found.isEmpty()) {
      return;
    }
    Task task = found.get();
    switch (ended.end()) {
      case PublishEnd.Done done -> done(task, done);
      case PublishEnd.Withdrawn _ -> {
        if (task.status() == TaskStatus.FAILED) {
          letGo(task);
        }
      }
      case PublishEnd.NotYet(String why, String remedy) -> notYet(task, why, remedy);
      case PublishEnd.Contradicted contradicted -> contradicted(task, contradicted);
    }
  }

  private void done(Task task, PublishEnd.Done done) {
    boolean opened = done.pr() != null && !done.pr().equals(task.pr());
    Task published =
        task.edit().published(done.wish()).pr(done.pr()).clearances(withoutStale(task)).done();
    draft.put(published);
    if (opened && done.pr() != null) {
      draft.event(new Event.PullRequestOpened(task.id(), done.pr()));
    }
    if (task.status() == TaskStatus.IN_PROGRESS && !done.head().equals(task.head())) {
      Task moved = published.edit().head(done.head()).merged(null).repeats(0).done();
      draft.review(
          moved,
          Review.HUMAN,
          Review.PUSHED,
          "People pushed commits to the branch, which now ends at "
              + done.head()
              + ". Build on them.");
      stepping.verifyAgain(moved);
    }
  }

  /** What was taken off just now is not taken off again: it may have been given anew by then. */
  private SortedMap<String, String> withoutStale(Task task) {
    SortedMap<String, String> left = new TreeMap<>(task.clearances());
    left.keySet().removeAll(draft.publication.stale(task).keySet());
    return left;
  }

  private void notYet(Task task, String why, String remedy) {
    boolean atStep =
        Stepping.stepOf(draft.pipeline(), task)
            .filter(step -> step.kind() != Pipeline.Kind.AGENT)
            .isPresent();
    if (!remedy.isEmpty() && atStep) {
      stepping.waitFor(task, why, remedy);
    } else {
      draft.event(new Event.Warned(task.id() + ": " + why));
    }
  }

  private void contradicted(Task task, PublishEnd.Contradicted end) {
    if (task.status() != TaskStatus.IN_PROGRESS) {
      return;
    }
    Task moved = task.edit().head(end.theirs()).merged(null).done();
    draft.put(moved);
    stepping.reject(
        moved,
        draft.pipeline().at(task.phase()).orElseGet(draft.pipeline()::first),
        Review.ORCHESTRATOR,
        "People pushed commits to the branch that contradict the work in:\n"
            + String.join("\n", end.files())
            + "\nThe branch stands at theirs, "
            + end.theirs()
            + ", now. Build on it; what was done before is in "
            + end.ours()
            + ".");
  }
}
