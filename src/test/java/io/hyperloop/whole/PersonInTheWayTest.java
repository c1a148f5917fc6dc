package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person or a system that stops hyperloop, or is in the middle of something. */
class PersonInTheWayTest {
  /** The first worker says that it is there, and then works until it is ended. */
  private static final String HANGING =
      "if mkdir \"$HOME_OF_AGENT/hung\" 2>/dev/null; then echo x > half; sleep 31 & "
          + "echo here > \"$HOME_OF_AGENT/here\"; wait; fi; echo x > kept; report pass ok";

  @TempDir Path temp;

  @Test
  void aMergeOfThePersonsIsWaitedForUntilItIsStopped() throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    TestRepository repository = sample.repository();
    repository.git("checkout", "-q", "-b", "side");
    repository.write("README.md", "theirs\n").commit("Theirs");
    repository.git("checkout", "-q", "main");
    repository.git("merge", "-q", "--no-ff", "--no-commit", "side");
    Process run = start(sample);
    sample.await(run, temp.resolve("out"), "saving waits: a merge is in progress");

    assertThat(sample.run("status").out()).contains("running: process " + run.pid() + " on ");
    Program.Ended second = sample.run("run");
    assertThat(second.exit()).as(second.all()).isEqualTo(3);
    assertThat(second.err()).contains("another hyperloop works", "process " + run.pid());
    signal(run, "TERM", 143);

    assertThat(repository.git("status", "--porcelain")).isEqualTo("M  README.md");
    repository.git("commit", "-q", "-m", "Merge side");
    assertConverges(sample, "task-001.txt");
  }

  @Test
  void aRebaseOfThePersonsIsNamedWithTheWayOut() {
    Sample sample = Sample.with(temp, Sample.agent(temp));
    sample.repository().git("-c", "sequence.editor=sed -i s/pick/edit/", "rebase", "-qi", "HEAD~1");

    sample.assertRefused(2, "a rebase is in progress", "run");
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "KILL, 137"})
  void whatIsStoppedAmidAWorkerGoesOnAndMergesOnce(String signal, int exit) throws Exception {
    Sample sample = Sample.with(temp, Sample.agent(temp).implementer(HANGING));
    Process run = start(sample);
    sample.await(run, temp.resolve("agent/here"), "here");

    signal(run, signal, exit);
    if (exit != 137) {
      sample.assertTidyProcesses();
    }

    assertConverges(sample, "kept");
  }

  private static void assertConverges(Sample sample, String file) throws IOException {
    Program.Ended next = sample.run("run");
    assertThat(next.exit()).as(next.all()).isZero();
    assertThat(sample.repository().path(file)).exists();
    assertThat(sample.merges()).isEqualTo(1);
    sample.assertTidy();
  }

  private Process start(Sample sample) {
    return sample.program().start(temp.resolve("out"), temp.resolve("err"), "run");
  }

  private static void signal(Process run, String name, int exit) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(run.pid())).start();
    assertThat(kill.waitFor()).isZero();
    assertThat(run.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).isEqualTo(exit);
  }
}
