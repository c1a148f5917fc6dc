package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call of git in a run fails once, in a run of its own. Part of {@code mvn -Pkill verify}. */
@Tag("kill")
class EveryGitCallTest {
  private static final int SIDE_BY_SIDE = 3;

  @TempDir Path temp;

  private record Attempt(int exit, List<String> calls) {}

  @Test
  void whicheverCallOfGitFailsTheNextRunConverges() throws Exception {
    var exits = new TreeMap<String, List<Integer>>();
    int calls = attempt(0).calls().size();
    try (ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      var attempts = new ArrayList<Future<Attempt>>();
      for (int i = 1; i <= calls; i++) {
        int call = i;
        attempts.add(pool.submit(() -> attempt(call)));
      }
      for (int call = 1; call <= calls; call++) {
        Attempt attempt = attempts.get(call - 1).get();
        // The order of calls at the same time may differ: the last ones need not come at all.
        if (call <= attempt.calls().size()) {
          String name = attempt.calls().get(call - 1);
          exits.computeIfAbsent(name, any -> new ArrayList<>()).add(attempt.exit());
        }
      }
    }
    System.out.println(
        calls + " calls of git, each failed once; exit codes of those runs: " + exits);
  }

  /** One repository, one fault; none if {@code call} is 0. */
  private Attempt attempt(int call) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("call-" + call));
    Sample sample = Sample.with(folder, Sample.agent(folder), "max_worker_attempts: 2\n");
    FaultyGit git = FaultyGit.in(folder);
    Program.Ended ended = git.over(sample).with("FAULT_AT", String.valueOf(call)).run("run");
    int exit = ended.exit();
    String at = "call " + call + " of " + git.calls() + "\n" + ended.all();
    assertThat(exit).as(at).isIn(call == 0 ? List.of(0) : List.of(0, 1, 2, 3));
    assertThat(ended.all()).as(at).doesNotContain("\tat ");
    if (exit > 1) {
      assertThat(ended.err()).as(at).contains("error: ", "where: ");
    }
    Program.Ended next = sample.run("run");
    assertThat(next.exit()).as(at + next.all()).isZero();
    assertThat(sample.merges()).as(at).isEqualTo(1);
    sample.assertTidy();
    return new Attempt(exit, git.calls());
  }
}
