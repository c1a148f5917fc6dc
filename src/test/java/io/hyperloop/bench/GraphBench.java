package io.hyperloop.bench;

import io.hyperloop.adapter.git.Git;
import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random graph of 200 tasks with instant agents and six workers, against git alone: as many calls
 * of each git command as hyperloop made, and one {@code true} per worker, one after the other.
 */
@Tag("bench")
class GraphBench {
  private static final int TASKS = 200;
  private static final Pattern START =
      Pattern.compile("\"event\":\"start\".*\"argv\":\\[\"[^\"]*git\",(.*)\\]");
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @TempDir Path temp;

  @Test
  void twoHundredTasks() throws IOException {
    TestRepository repository = ready();
    Path trace = temp.resolve("trace");
    long start = System.nanoTime();
    Program.Ended ended =
        Program.in(repository.top())
            .byLauncher()
            .within(Duration.ofMinutes(5))
            .with("XDG_STATE_HOME", temp.resolve("state").toString())
            .with("GIT_TRACE2_EVENT", trace.toString())
            .run("run");
    long ours = System.nanoTime() - start;
    if (ended.exit() != 0) {
      throw new AssertionError(ended.all());
    }
    Map<String, Integer> calls = calls(trace);
    long git = replay(repository, calls);
    Figures.row("200 tasks, 400 instant workers, 6 at a time", "", seconds(ours));
    Figures.row("the same git commands and `true`, one after the other", "", seconds(git));
    Figures.row("ratio", "< 1.5", String.format("%.2f", (double) ours / git));
    Figures.row("git commands", "", calls.toString());
  }

  private TestRepository ready() {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    repository.write("specs/a.md", "# A\n").commit("A");
    TestAgent agent =
        TestAgent.in(temp.resolve("agent"))
            .answering(graph())
            .implementer("echo x > \"$HYPERLOOP_TASK_ID.txt\"; report pass done");
    Program.Ended init = Program.in(repository.top()).byLauncher().run("init");
    if (init.exit() != 0) {
      throw new AssertionError(init.all());
    }
    repository.write(
        ".hyperloop.yaml",
        repository.read(".hyperloop.yaml") + agent.configuration() + "max_tasks_per_intake: 200\n");
    repository.commit("Agent");
    return repository;
  }

  private static String graph() {
    var random = new Random(20_261_122);
    var json = new StringBuilder("{\"tasks\": [");
    for (int i = 0; i < TASKS; i++) {
      json.append(i == 0 ? "" : ", ").append("{\"key\": \"t").append(i);
      json.append("\", \"title\": \"Task ").append(i).append("\", \"spec\": \"specs/a.md\",");
      json.append(" \"description\": \"\", \"deps\": [");
      for (int d = 0; i > 0 && d < random.nextInt(3); d++) {
        json.append(d == 0 ? "" : ", ").append("\"t").append(random.nextInt(i)).append('"');
      }
      json.append("]}");
    }
    return json.append("]}").toString();
  }

  /** How often each command was called by us; git's own children are not counted. */
  private static Map<String, Integer> calls(Path trace) throws IOException {
    var calls = new TreeMap<String, Integer>();
    for (String line : Files.readAllLines(trace)) {
      Matcher start = START.matcher(line);
      if (!start.find() || line.contains("/git-core/git\"")) {
        continue;
      }
      Matcher word = WORD.matcher(start.group(1));
      while (word.find()) {
        if (word.group(1).equals("-c")) {
          word.find();
        } else if (!word.group(1).startsWith("-")) {
          calls.merge(word.group(1), 1, Integer::sum);
          break;
        }
      }
    }
    return calls;
  }

  private long replay(TestRepository repository, Map<String, Integer> calls) {
    Path trees = temp.resolve("trees");
    long start = System.nanoTime();
    calls.forEach((command, times) -> {
      for (int i = 0; i < times; i++) {
        one(repository, command, trees.resolve(command + i));
      }
    });
    for (int i = 0; i < 2 * TASKS; i++) {
      agent();
    }
    return System.nanoTime() - start;
  }

  /** A call of that command in its usual form, on the repository as the run has left it. */
  private static void one(TestRepository repository, String command, Path tree) {
    Git git = repository.repository().git();
    var unused =
        switch (command) {
          case "worktree" -> git.attempt("worktree", "add", "-q", "--detach", tree.toString());
          case "read-tree" -> git.attempt("read-tree", "-m", "-u", "HEAD", "HEAD");
          case "merge-tree" -> git.attempt("merge-tree", "--write-tree", "-z", "HEAD", "HEAD~3");
          case "status" -> git.attempt("status", "--porcelain", "-z", "--no-renames");
          case "ls-files" -> git.attempt("ls-files", "-z", "-m", "-d", "-o", "--exclude-standard");
          case "write-tree" -> git.attempt("write-tree");
          case "update-index" -> git.attempt("update-index", "-q", "--refresh");
          case "diff-tree" -> git.attempt("diff-tree", "-r", "-z", "HEAD~1", "HEAD");
          default -> git.attempt("rev-parse", "HEAD");
        };
  }

  private static void agent() {
    try {
      int unused = new ProcessBuilder("true").start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String seconds(long nanos) {
    return String.format("%.1f s", nanos / 1e9);
  }
}
