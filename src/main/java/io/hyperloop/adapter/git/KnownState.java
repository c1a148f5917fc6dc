package io.hyperloop.adapter.git;

import io.hyperloop.adapter.state.IntakeFile;
import io.hyperloop.adapter.state.ReviewFile;
import io.hyperloop.adapter.state.TaskFile;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state together with the files that hold it, as far as needed to write the next one without
 * reading anything again.
 *
 * @param id of the state's folder; null if there is none yet
 * @param styled the texts of task files that a person laid out; others are as we would write them
 * @param intakeText of the intake's file
 */
record KnownState(
    State state,
    @Nullable String id,
    Tree top,
    Tree tasks,
    Tree reviews,
    Map<TaskId, String> styled,
    String intakeText) {

  static final String TASKS = "tasks";
  static final String REVIEWS = "reviews";
  static final String FORMAT = "format";
  static final int VERSION = 1;

  /** Longer files are refused when read, and so are not written either. */
  static final int FILE_MAX = 4 << 20;

  static final int INTAKE_MAX = 16 << 20;

  static final KnownState NONE =
      new KnownState(State.EMPTY, null, Tree.EMPTY, Tree.EMPTY, Tree.EMPTY, Map.of(), "");

  /** What will be known, and the files by which it differs from the one before. */
  record Next(KnownState known, List<TreeChange> changes) {}

  /** What is to be when {@code next} is the state. Its objects are written, nothing names them. */
  Next next(State next, ObjectStore objects) {
    var writing = new Writing(objects);
    Tree nextTasks = tasks.with(writing.tasks(next));
    Tree nextReviews = reviews.with(writing.reviews(next));
    boolean intakeChanged = !state.intake().equals(next.intake());
    if (writing.changes.isEmpty() && !intakeChanged) {
      return same(next);
    }
    var entries = new HashMap<String, Tree.Entry>();
    String intake = intakeText;
    if (intakeChanged || !top.holds(IntakeFile.NAME)) {
      intake = text(next.intake());
      entries.put(
          IntakeFile.NAME,
          writing.file(IntakeFile.NAME, intake, top.entry(IntakeFile.NAME), INTAKE_MAX));
    }
    if (writing.changes.isEmpty()) {
      return same(next);
    }
    if (!top.holds(FORMAT)) {
      entries.put(FORMAT, writing.file(FORMAT, VERSION + "\n", null, FILE_MAX));
    }
    writing.folder(TASKS, nextTasks, entries);
    writing.folder(REVIEWS, nextReviews, entries);
    Tree nextTop = top.with(entries);
    String nextId = objects.insertTree(nextTop.content());
    var known =
        new KnownState(next, nextId, nextTop, nextTasks, nextReviews, writing.styled, intake);
    return new Next(known, writing.changes);
  }

  /** Not one byte differs, if only because files keep times to the second. */
  private Next same(State next) {
    return new Next(new KnownState(next, id, top, tasks, reviews, styled, intakeText), List.of());
  }

  private String text(Intake next) {
    boolean ours = intakeText.isEmpty() || intakeText.equals(IntakeFile.write(state.intake()));
    return ours
        ? IntakeFile.write(next)
        : IntakeFile.rewrite(path(IntakeFile.NAME), intakeText, next);
  }

  private static String path(String name) {
    return StateTree.FOLDER + "/" + name;
  }

  /** Collects what changes while the files of one save are written. */
  private final class Writing {
    private final ObjectStore objects;
    private final List<TreeChange> changes = new ArrayList<>();
    private Map<TaskId, String> styled = KnownState.this.styled;

    Writing(ObjectStore objects) {
      this.objects = objects;
    }

    Map<String, Tree.Entry> tasks(State next) {
      List<Task> changed = state.tasks().changedIn(next.tasks());
      if (state.tasks().size() + added(changed) != next.tasks().size()) {
        throw new IllegalStateException("a task is missing in the state to be saved");
      }
      var entries = new HashMap<String, Tree.Entry>();
      for (Task task : changed) {
        String name = TaskFile.name(task.id());
        String file = TASKS + "/" + name;
        String text = text(path(file), task);
        entries.put(name, file(file, text, KnownState.this.tasks.entry(name), FILE_MAX));
      }
      return entries;
    }

    private int added(List<Task> changed) {
      return (int) changed.stream().filter(t -> state.tasks().find(t.id()).isEmpty()).count();
    }

    private String text(String file, Task task) {
      String before = styled.get(task.id());
      if (before == null) {
        return TaskFile.write(task);
      }
      String text = TaskFile.rewrite(file, before, task);
      styled = new HashMap<>(styled);
      styled.put(task.id(), text);
      return text;
    }

    Map<String, Tree.Entry> reviews(State next) {
      var entries = new HashMap<String, Tree.Entry>();
      for (Review review : newReviews(state, next)) {
        String name =
            ReviewFile.name(
                review, n -> KnownState.this.reviews.holds(n) || entries.containsKey(n));
        String text = ReviewFile.write(name, review);
        entries.put(name, file(REVIEWS + "/" + name, text, null, FILE_MAX));
      }
      return entries;
    }

    Tree.Entry file(String name, String text, Tree.@Nullable Entry before, int bytesMax) {
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      if (content.length > bytesMax) {
        throw new PortFailure(
            Problem.environment(
                "a file of the state would be larger than " + (bytesMax >> 20) + " MiB",
                path(name),
                "nothing was saved; shorten what is in it"));
      }
      String id = objects.insertBlob(content);
      String mode = before == null ? Tree.FILE : before.mode();
      if (before == null || !before.id().equals(id)) {
        changes.add(
            new TreeChange(
                path(name),
                before == null ? TreeChange.NONE : mode,
                mode,
                before == null ? TreeChange.NO_ID : before.id(),
                id));
      }
      return new Tree.Entry(mode, id);
    }

    void folder(String name, Tree folder, Map<String, Tree.Entry> entries) {
      if (!folder.isEmpty()) {
        entries.put(name, new Tree.Entry(Tree.FOLDER, objects.insertTree(folder.content())));
      }
    }
  }

  /** The lists of tasks without a new review are the same objects in both. */
  @SuppressWarnings("ReferenceEquality")
  private static List<Review> newReviews(State before, State next) {
    var added = new ArrayList<Review>();
    if (before.reviews() != next.reviews()) {
      for (Task task : next.tasks()) {
        List<Review> had = before.reviews().of(task.id());
        List<Review> has = next.reviews().of(task.id());
        if (had != has) {
          has.stream().filter(review -> !had.contains(review)).forEach(added::add);
        }
      }
    }
    return added;
  }
}
