package io.hyperloop.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A decision in the making: what one cycle has changed so far. Lives for one call of decide. */
final class Draft {
  final State before;
  final Sight sight;
  final Limits limits;

  /** Whole seconds, since that is what the state's files keep. */
  final Instant now;

  final List<Move> moves = new ArrayList<>();
  final List<Event> events = new ArrayList<>();

  /** Gates that a person cleared, by task: the phase of the gate. */
  final Map<TaskId, String> approved = new HashMap<>();

  final Thrift thrift = new Thrift(this);
  final Stepping stepping = new Stepping(this);
  final Publication publication;
  final PullRequestLife pulls;
  final MergeLane lane = new MergeLane(this);

  private final Set<TaskId> occupied = new HashSet<>();
  private final Map<TaskId, Task> changed = new TreeMap<>();
  private final List<Review> reviews = new ArrayList<>();
  private @Nullable TaskTable table;
  private Intake intake;
  private @Nullable String stuck;

  Draft(State before, Sight sight, Limits limits, Instant now) {
    this.before = before;
    this.sight = sight;
    this.limits = limits;
    this.now = now.truncatedTo(ChronoUnit.SECONDS);
    this.intake = before.intake();
    this.table = before.tasks();
    sight.workers().forEach(this::occupy);
    sight.merges().forEach(this::occupy);
    this.publication = new Publication(this, stepping);
    this.pulls = new PullRequestLife(this, stepping);
  }

  private void occupy(JobKey key) {
    if (key instanceof JobKey.TaskStep step) {
      occupied.add(step.task());
    }
  }

  /** From here on something is at work on that task's branch. */
  void occupy(TaskId id) {
    occupied.add(id);
  }

  /**
   * Whether a job of that task is under way, be it one that nobody wants any more: two jobs on one
   * branch would get in each other's way.
   */
  boolean occupied(TaskId id) {
    return occupied.contains(id);
  }

  /**
   * Whether that time is yet to come. One that is further off than we ever wait was noted before
   * the clock was set back, and has come.
   */
  boolean later(@Nullable Instant instant) {
    Duration poll = limits.pollInterval();
    return later(instant, poll.compareTo(Backoff.MOST) > 0 ? poll : Backoff.MOST);
  }

  /** The same for waits of at most that length. */
  boolean later(@Nullable Instant instant, Duration most) {
    return instant != null && instant.isAfter(now) && !instant.isAfter(now.plus(most));
  }

  /** When an action that said "not yet" is tried again; null for one that did not. */
  @Nullable Instant deferredUntil(JobKey key) {
    Instant at = sight.deferred().get(key);
    return at == null ? null : at.plus(limits.pollInterval()).truncatedTo(ChronoUnit.SECONDS);
  }

  Pipeline pipeline() {
    return sight.process().pipeline();
  }

  Intake intake() {
    return intake;
  }

  void intake(Consumer<IntakeEdit> change) {
    var edit = new IntakeEdit(intake);
    change.accept(edit);
    Intake next = edit.done();
    if (!next.equals(intake)) {
      intake = next;
    }
  }

  Optional<Task> find(TaskId id) {
    Task task = changed.get(id);
    return task != null ? Optional.of(task) : before.tasks().find(id);
  }

  Task task(TaskId id) {
    return find(id).orElseThrow(() -> new IllegalStateException(id + " is not in the state"));
  }

  /** Whether a text is the id of a task; it may as well be a key of a task that was dropped. */
  boolean isTask(String text) {
    return TaskId.reads(text) && find(TaskId.parse(text)).isPresent();
  }

  /** Puts a new version of a task in place of the old one, or a new task beside the others. */
  void put(Task task) {
    if (find(task.id()).filter(task::equals).isEmpty()) {
      changed.put(task.id(), task);
      table = null;
    }
  }

  boolean tasksChanged() {
    return !changed.isEmpty();
  }

  /** All tasks as they stand now in this draft. */
  TaskTable tasks() {
    TaskTable current = table;
    if (current == null) {
      current = before.tasks().with(changed.values());
      table = current;
    }
    return current;
  }

  /** Adds a finding about the task's present round. */
  void review(Task task, String role, String verdict, String body) {
    int sequence = 1 + ofRound(task).stream().mapToInt(Review::sequence).max().orElse(0);
    reviews.add(new Review(task.id(), task.round(), sequence, role, verdict, body));
  }

  /** The reviews of the task's present round, oldest first, those of this cycle included. */
  private List<Review> ofRound(Task task) {
    return reviewsOf(task.id()).filter(r -> r.round() == task.round()).toList();
  }

  /** All reviews of a task, those of this cycle included. */
  Stream<Review> reviewsOf(TaskId id) {
    return Stream.concat(
        before.reviews().of(id).stream(), reviews.stream().filter(r -> r.task().equals(id)));
  }

  /** How many questions of that role about the task's present round were answered. */
  int answers(Task task, String role) {
    int answers = 0;
    boolean asked = false;
    for (Review review : ofRound(task)) {
      switch (review.verdict()) {
        case Review.QUESTION -> asked = review.role().equals(role);
        case Review.ANSWER -> answers += asked ? 1 : 0;
        default -> {}
      }
    }
    return answers;
  }

  void event(Event event) {
    events.add(event);
  }

  void stuck(String why) {
    stuck = why;
  }

  @Nullable String stuck() {
    return stuck;
  }

  State next() {
    TaskTable tasks = tasks();
    boolean unchanged = changed.isEmpty() && reviews.isEmpty() && intake.equals(before.intake());
    return unchanged ? before : new State(tasks, before.reviews().with(reviews), intake);
  }
}
