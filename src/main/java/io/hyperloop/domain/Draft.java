package io.hyperloop.domain;

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
  final Set<TaskId> approved = new HashSet<>();
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
    return text.matches("task-[0-9]{1,9}") && find(TaskId.parse(text)).isPresent();
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
    int sequence = 1;
    for (Review review : before.reviews().of(task.id())) {
      sequence += review.round() == task.round() ? 1 : 0;
    }
    for (Review review : reviews) {
      sequence += review.task().equals(task.id()) && review.round() == task.round() ? 1 : 0;
    }
    reviews.add(new Review(task.id(), task.round(), sequence, role, verdict, body));
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

  /** Blobs of the specs to their paths, for finding renames. */
  Map<String, String> pathsByBlob() {
    var paths = new HashMap<String, String>();
    sight.specs().forEach((path, spec) -> paths.putIfAbsent(spec.blob(), path));
    return paths;
  }
}
