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
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each call of git in a run fails once, and each kind of call hangs once, in a run of its own. Part
 * of {@code mvn -Pkill verify}.
 */
@Tag("kill")
class EveryGitCallTest {
  private static final int SIDE_BY_SIDE = 3;

  /** Far more than any call takes that does not hang. */
  private static final String LIMIT_SECONDS = "6";

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

  @Test
  void whicheverKindOfCallHangsItIsEndedAndTheNextRunConverges() throws Exception {
    var exits = new TreeMap<String, Integer>();
    List<String> kinds = attempt(0).calls().stream().distinct().toList();
    try (ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      var attempts = new ArrayList<Future<Integer>>();
      for (String kind : kinds) {
        attempts.add(pool.submit(() -> hung(kind)));
      }
      for (int i = 0; i < kinds.size(); i++) {
        exits.put(kinds.get(i), attempts.get(i).get());
      }
    }
    System.out.println("kinds of git calls, each hung once; exit codes of those runs: " + exits);
  }

  /** One repository; the first call of that kind hangs. */
  private int hung(String kind) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("hung-" + kind));
    Sample sample = Sample.with(folder, Sample.agent(folder), "max_worker_attempts: 2\n");
    FaultyGit git = FaultyGit.in(folder);
    Program program = git.over(sample).having("hyperloop.git.seconds", LIMIT_SECONDS);
    Program.Ended ended = program.with("FAULT", "hang").with("FAULT_IN", kind).run("run");
    String at = kind + " hung: " + ended.all();
    assertThat(git.failed()).as(at).isTrue();
    assertThat(sleeping()).as(at).doesNotContain(sample.repository().top());
    converges(sample, ended, at);
    return ended.exit();
  }

  /** Where a git that hangs was called. */
  private static List<Path> sleeping() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").endsWith("sleep 601"))
        .map(process -> Path.of("/proc", String.valueOf(process.pid()), "cwd"))
        .flatMap(link -> {
          try {
            return Stream.of(Files.readSymbolicLink(link));
          } catch (IOException e) {
            return Stream.empty();
          }
        })
        .toList();
  }

  /** One repository, one fault; none if {@code call} is 0. */
  private Attempt attempt(int call) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("call-" + call));
    Sample sample = Sample.with(folder, Sample.agent(folder), "max_worker_attempts: 2\n");
    FaultyGit git = FaultyGit.in(folder);
    Program.Ended ended = git.over(sample).with("FAULT_AT", String.valueOf(call)).run("run");
    int exit = ended.exit();
    String at = "call " + call + " of " + git.calls() + "\n" + ended.all();
    if (call == 0) {
      assertThat(exit).as(at).isZero();
    }
    converges(sample, ended, at);
    return new Attempt(exit, git.calls());
  }

  private static void converges(Sample sample, Program.Ended ended, String at) throws IOException {
    assertThat(ended.exit()).as(at).isIn(0, 1, 2, 3);
    assertThat(ended.all()).as(at).doesNotContain("\tat ");
    if (ended.exit() > 1) {
      assertThat(ended.err()).as(at).contains("error: ", "where: ");
    }
    Program.Ended next = sample.run("run");
    assertThat(next.exit()).as(at + next.all()).isZero();
    assertThat(sample.merges()).as(at).isEqualTo(1);
    sample.assertTidy();
  }
}
