package io.hyperloop.domain;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work on the way from a spec to the base branch. Its file is described in
 * docs/state.md; only {@code decide} makes new versions of it.
 *
 * @param phase the current step; null before the first and when complete; kept when failed
 * @param round how often a loop restarted
 * @param attempts agents in a row that gave no verdict at this step
 * @param actionAttempts actions in a row that broke at this step
 * @param setupAttempts work tree set-ups in a row that failed
 * @param repeats rounds in a row that failed with the content that the branch has now
 * @param since when the task came to where it stands
 * @param notBefore back-off: nothing is started earlier
 * @param notified the last standing that people were told of
 * @param head the branch's last known tip
 * @param merged the commit that brought {@code head} to the base branch; null while it is not there
 * @param published what its pull request was brought to last, as {@link Wish#fingerprint}; null
 *     without one, or when nothing is to be done about it any more
 * @param clearances the head for which each gate was cleared, by the gate's name
 * @param summary what the last writing worker said it did; becomes the body of the squash commit
 */
public record Task(
    TaskId id,
    String title,
    SpecRef specRef,
    TaskStatus status,
    @Nullable String phase,
    List<TaskId> deps,
    int round,
    String branch,
    @Nullable String pr,
    @Nullable Reason reason,
    int attempts,
    int actionAttempts,
    int setupAttempts,
    int repeats,
    @Nullable Instant since,
    @Nullable Instant notBefore,
    @Nullable String notified,
    @Nullable String head,
    @Nullable String merged,
    @Nullable String published,
    SortedMap<String, String> clearances,
    @Nullable String summary,
    String description) {

  public Task {
    deps = List.copyOf(deps);
    clearances = Collections.unmodifiableSortedMap(new TreeMap<>(clearances));
    if (round < 0 || attempts < 0 || actionAttempts < 0 || setupAttempts < 0 || repeats < 0) {
      throw new IllegalArgumentException(id + ": counts are never negative");
    }
  }

  /** A task as intake makes it. */
  public static Task create(
      TaskId id, String title, SpecRef specRef, List<TaskId> deps, String description) {
    return new Task(
        id,
        title,
        specRef,
        TaskStatus.NOT_STARTED,
        null,
        deps,
        0,
        branchOf(id),
        null,
        null,
        0,
        0,
        0,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        Collections.emptySortedMap(),
        null,
        description);
  }

  /** The branch of a task: {@code hyperloop/task-027}. */
  public static String branchOf(TaskId id) {
    return "hyperloop/" + id;
  }

  /** Whether work on it may still happen. */
  public boolean open() {
    return !status.terminal();
  }

  /** Whether it has ended, and neither its work's landing nor a person's word can matter to it. */
  public boolean settled() {
    return switch (status) {
      case NOT_STARTED, IN_PROGRESS -> false;
      case COMPLETE -> merged != null || head == null;
      case FAILED -> published == null && (reason == null || !reason.kind().waitsForPerson());
    };
  }

  /** Whether its reason is of that kind. */
  public boolean is(Reason.Kind kind) {
    return reason != null && reason.kind() == kind;
  }

  /** The phase of a task that is in progress. */
  public String currentPhase() {
    return Objects.requireNonNull(phase, () -> id + " is at no step");
  }

  public TaskEdit edit() {
    return new TaskEdit(this);
  }
}
