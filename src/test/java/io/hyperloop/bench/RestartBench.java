package io.hyperloop.bench;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the start of {@code bin/hyperloop run} to the first line of the first agent, with 1,000
 * tasks of which six are at work: after a stop, and after a {@code kill -9} that leaves six agents.
 */
@Tag("bench")
class RestartBench {
  private static final int TASKS = 1_000;
  private static final int AT_WORK = 6;
  private static final int RUNS = 5;

  @TempDir Path temp;

  @Test
  void toTheFirstAgent() throws IOException, InterruptedException {
    TestRepository repository = TestRepository.create(temp.resolve("repository"));
    Path times = temp.resolve("times");
    TestAgent agent =
        TestAgent.in(temp.resolve("agent"))
            .implementer("date +%s%N >> " + times + "; exec sleep 600");
    Program.Ended init = Program.in(repository.top()).byLauncher().run("init");
    if (init.exit() != 0) {
      throw new AssertionError(init.all());
    }
    repository
        .write(".hyperloop.yaml", repository.read(".hyperloop.yaml") + agent.configuration())
        .commit("Agent");
    ManyTasks.atWork(repository, TASKS, AT_WORK);
    measure(repository, times, false);
    measure(repository, times, true);
  }

  private void measure(TestRepository repository, Path times, boolean killed)
      throws IOException, InterruptedException {
    long[] nanos = new long[RUNS];
    for (int i = -1; i < RUNS; i++) {
      Files.deleteIfExists(times);
      long begun = System.currentTimeMillis();
      Process run =
          Program.in(repository.top())
              .byLauncher()
              .with("XDG_STATE_HOME", temp.resolve("state").toString())
              .start(temp.resolve("out"), temp.resolve("err"), "run");
      while (!Files.exists(times) || Files.readAllLines(times).size() < AT_WORK) {
        if (run.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              Files.readString(temp.resolve("out")) + Files.readString(temp.resolve("err")));
        }
      }
      // The last of all leaves nobody behind.
      end(run, killed && i < RUNS - 1);
      List<String> marks = Files.readAllLines(times);
      if (i >= 0) {
        nanos[i] = Long.parseLong(marks.getFirst()) - begun * 1_000_000;
      }
    }
    Figures.row(
        "from "
            + (killed ? "a restart after `kill -9`" : "a start")
            + " to the first agent, 1,000 tasks, six at work",
        "< 500 ms",
        Figures.milliseconds(nanos));
  }

  /** By {@code kill -9}, after which its agents live on, or as people stop it. */
  private static void end(Process run, boolean killed) throws InterruptedException {
    if (killed) {
      run.destroyForcibly();
    } else {
      run.destroy();
    }
    if (!run.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end");
    }
  }
}
