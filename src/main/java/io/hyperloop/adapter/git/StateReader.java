package io.hyperloop.adapter.git;

import io.hyperloop.adapter.state.IntakeFile;
import io.hyperloop.adapter.state.ReviewFile;
import io.hyperloop.adapter.state.TaskFile;
import io.hyperloop.domain.Intake;
import io.hyperloop.domain.Problem;
import io.hyperloop.domain.Review;
import io.hyperloop.domain.Reviews;
import io.hyperloop.domain.State;
import io.hyperloop.domain.Task;
import io.hyperloop.domain.TaskId;
import io.hyperloop.domain.TaskTable;
import io.hyperloop.port.PortFailure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state out of a commit: one listing, and the files in bulk through the git program,
 * which fetches what a partial clone lacks. What is wrong with any file is told at once.
 */
final class StateReader {
  private static final int BATCH_BYTES = 16 << 20;
  private static final int PROBLEMS_MAX = 20;

  private final Repository repository;
  private final ObjectStore objects;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Map<String, Review> reviews = new TreeMap<>();
  private final Map<TaskId, String> styled = new HashMap<>();
  private @Nullable Intake intake;
  private String intakeText = "";

  StateReader(Repository repository, ObjectStore objects) {
    this.repository = repository;
    this.objects = objects;
  }

  /** A file as listed. */
  private record Listed(String id, long size, String path) {}

  /**
   * The state in a commit.
   *
   * @throws PortFailure of kind USER naming every file that cannot be understood, up to twenty
   */
  KnownState read(String commit) {
    String id = StateTree.id(objects, commit);
    if (id == null) {
      return KnownState.NONE;
    }
    Tree top = Tree.parse(objects.read(id));
    checkFormat(top);
    read(list(commit));
    check(top);
    return new KnownState(
        new State(
            TaskTable.of(tasks),
            Reviews.of(
                ReviewFile.inOrder(List.copyOf(reviews.keySet())).stream()
                    .map(reviews::get)
                    .toList()),
            intake == null ? Intake.EMPTY : intake),
        id,
        top,
        folder(top, KnownState.TASKS),
        folder(top, KnownState.REVIEWS),
        styled,
        intakeText);
  }

  private void checkFormat(Tree top) {
    Tree.Entry entry = top.entry(KnownState.FORMAT);
    if (entry == null) {
      return;
    }
    String text = new String(objects.read(entry.id()), StandardCharsets.UTF_8).strip();
    String where = StateTree.FOLDER + "/" + KnownState.FORMAT + ":1";
    if (!text.matches("[0-9]{1,6}")) {
      throw new PortFailure(
          Problem.user("must be a number", where, "restore the file from git's history"));
    }
    if (Integer.parseInt(text) > KnownState.VERSION) {
      throw new PortFailure(
          Problem.user(
              "the state has format "
                  + text
                  + ", and this hyperloop knows formats up to "
                  + KnownState.VERSION,
              where,
              "use the newer hyperloop that wrote it"));
    }
  }

  private Tree folder(Tree top, String name) {
    Tree.Entry entry = top.entry(name);
    return entry == null || !entry.folder() ? Tree.EMPTY : Tree.parse(objects.read(entry.id()));
  }

  private List<Listed> list(String commit) {
    Git git = repository.git();
    var listed = new ArrayList<Listed>();
    for (String line :
        git.succeed(
                git.attempt(
                    "ls-tree", "-r", "-l", "-z", "--full-tree", commit, StateTree.FOLDER + "/"))
            .fields()) {
      int tab = line.indexOf('\t');
      String path = line.substring(tab + 1);
      String[] words = line.substring(0, tab).split(" +");
      if (!understood(path)) {
        continue;
      }
      if (!words[0].startsWith("100")) {
        problem(path, "must be a plain file, not a link");
      } else if (Long.parseLong(words[3]) > max(path)) {
        problem(path, "larger than " + (max(path) >> 20) + " MiB");
      } else {
        listed.add(new Listed(words[2], Long.parseLong(words[3]), path));
      }
    }
    return listed;
  }

  /** Files of other names are left alone. */
  private boolean understood(String path) {
    String name = path.substring(StateTree.FOLDER.length() + 1);
    return name.equals(IntakeFile.NAME) || name.matches("(tasks|reviews)/task-[^/]*\\.md");
  }

  private static int max(String path) {
    return path.endsWith("/" + IntakeFile.NAME) ? KnownState.INTAKE_MAX : KnownState.FILE_MAX;
  }

  private void read(List<Listed> files) {
    for (int from = 0; from < files.size(); ) {
      int to = from;
      for (long bytes = 0; to < files.size() && (to == from || bytes < BATCH_BYTES); to++) {
        bytes += files.get(to).size();
      }
      readBatch(files.subList(from, to));
      from = to;
    }
  }

  private void readBatch(List<Listed> files) {
    var ids = new StringBuilder();
    files.forEach(file -> ids.append(file.id()).append('\n'));
    Git git = repository.git();
    byte[] out =
        git.succeed(
                git.feed(ids.toString().getBytes(StandardCharsets.US_ASCII), "cat-file", "--batch"))
            .out();
    int at = 0;
    for (Listed file : files) {
      while (out[at++] != '\n') {}
      understand(file.path(), out, at, (int) file.size());
      at += (int) file.size() + 1;
    }
  }

  private void understand(String path, byte[] bytes, int from, int length) {
    try {
      String text = decode(path, bytes, from, length);
      String name = path.substring(path.lastIndexOf('/') + 1);
      if (name.equals(IntakeFile.NAME)) {
        intake = IntakeFile.read(path, text);
        intakeText = text;
      } else if (path.startsWith(StateTree.FOLDER + "/" + KnownState.REVIEWS)) {
        reviews.put(name, ReviewFile.read(path, text));
      } else {
        Task task = TaskFile.read(path, text);
        tasks.add(task);
        if (!TaskFile.write(task).equals(text)) {
          styled.put(task.id(), text);
        }
      }
    } catch (PortFailure e) {
      problems.addAll(e.problems());
    }
  }

  private static String decode(String path, byte[] bytes, int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new PortFailure(
          Problem.user("is not UTF-8 text", path, "correct the file by hand and commit it"));
    }
  }

  private void check(Tree top) {
    String path = StateTree.FOLDER + "/" + IntakeFile.NAME;
    int last = tasks.stream().mapToInt(task -> task.id().number()).max().orElse(0);
    if (!tasks.isEmpty() && !top.holds(IntakeFile.NAME)) {
      problem(path, "is missing although there are tasks");
    } else if (intake != null && intake.nextTask() <= last) {
      problem(path, "next_task: must be more than " + last + ", the number of the last task");
    }
    if (!problems.isEmpty()) {
      throw new PortFailure(problems.subList(0, Math.min(problems.size(), PROBLEMS_MAX)));
    }
  }

  private void problem(String path, String what) {
    problems.add(Problem.user(what, path, "correct the file by hand and commit it"));
  }
}
