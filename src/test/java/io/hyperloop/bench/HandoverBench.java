package io.hyperloop.bench;

import io.hyperloop.adapter.git.Git;
import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a worker's end to the next worker's start: the real jar, agents that do next to nothing. */
@Tag("bench")
class HandoverBench {
  private static final int ROUNDS = 20;

  @TempDir Path temp;

  @Test
  void fromOneWorkerToTheNext() throws IOException {
    Path times = temp.resolve("times");
    String began = "date +%s%N >> " + times + "; ";
    TestAgent agent =
        TestAgent.in(temp.resolve("agent"))
            .answering(
                "{\"tasks\": [{\"title\": \"Go\", \"spec\": \"specs/a.md\", \"description\": \"\"}]}")
            .implementer(
                began
                    + "echo \"$HYPERLOOP_ROUND\" > round.txt; report pass done; date +%s%N >> "
                    + times)
            .verifier(
                began
                    + "if [ \"$HYPERLOOP_ROUND\" -lt "
                    + ROUNDS
                    + " ]; then report fail again; else report pass ok; fi; date +%s%N >> "
                    + times);
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    repository.write("specs/a.md", "# A\n").commit("A");
    Program program =
        Program.in(repository.top())
            .byLauncher()
            .with("XDG_STATE_HOME", temp.resolve("state").toString());
    Program.Ended init = program.run("init");
    repository
        .write(".hyperloop.yaml", repository.read(".hyperloop.yaml") + agent.configuration())
        .commit("Agent");
    Program.Ended ended = program.run("run");
    if (init.exit() != 0 || ended.exit() != 0) {
      throw new AssertionError(init.all() + ended.all());
    }
    List<Long> marks = Files.readAllLines(times).stream().map(Long::parseLong).toList();
    var gaps = new ArrayList<Long>();
    for (int i = 1; i + 1 < marks.size(); i += 2) {
      gaps.add(marks.get(i + 1) - marks.get(i));
    }
    long[] alone = worktreeAdd(repository);
    long[] handover = gaps.stream().mapToLong(Long::longValue).toArray();
    Figures.row("`git worktree add` alone", "", Figures.milliseconds(alone));
    Figures.row("a worker's end to the next worker's start", "", Figures.milliseconds(handover));
    Figures.row(
        "the same less `git worktree add`",
        "< 50 ms",
        "median " + (Figures.median(handover) - Figures.median(alone)) / 1_000_000 + " ms");
  }

  private long[] worktreeAdd(TestRepository repository) {
    long[] nanos = new long[15];
    for (int i = 0; i < nanos.length; i++) {
      Git git = Git.in(repository.top());
      long start = System.nanoTime();
      String unused =
          git.run("worktree", "add", "-q", "--detach", temp.resolve("tree-" + i).toString());
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }
}
