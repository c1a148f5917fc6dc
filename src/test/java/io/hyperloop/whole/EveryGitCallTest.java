package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each call of git in a run fails once, in a run of its own. Part of {@code mvn -Pkill verify}. */
@Tag("kill")
class EveryGitCallTest {
  @TempDir Path temp;
  private int exit;

  @Test
  void whicheverCallOfGitFailsTheNextRunConverges() throws Exception {
    var exits = new TreeMap<String, List<Integer>>();
    int calls = attempt(0).size();
    for (int call = 1; call <= calls; call++) {
      List<String> made = attempt(call);
      // The order of calls at the same time may differ: the last ones need not come at all.
      if (call <= made.size()) {
        exits.computeIfAbsent(made.get(call - 1), name -> new ArrayList<>()).add(exit);
      }
    }
    System.out.println(calls + " calls of git, each failed once; exit codes of those runs: " + exits);
  }

  /** One repository, one fault. Gives the calls that were made. */
  private List<String> attempt(int call) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("call-" + call));
    Sample sample = Sample.with(folder, Sample.agent(folder), "max_worker_attempts: 2\n");
    FaultyGit git = FaultyGit.in(folder);
    Program.Ended ended = git.over(sample).with("FAULT_AT", String.valueOf(call)).run("run");
    exit = ended.exit();
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
    return git.calls();
  }
}
