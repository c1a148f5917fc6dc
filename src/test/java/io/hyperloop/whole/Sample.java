package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** An initialised repository with one spec, and agents that are scripts. */
record Sample(Path temp, TestRepository repository) {
  static final String ONE_TASK =
      """
      {"tasks": [{"key": "a", "title": "Say hello", "spec": "specs/hello.md", "description": "Do it."}]}
      """;

  /** One attempt at everything, so that what goes wrong is told at once. */
  private static final String IMPATIENT =
      """
      max_worker_attempts: 1
      max_task_rounds: 1
      max_replans: 1
      pm_max_failures: 1
      """;

  static TestAgent agent(Path temp) {
    return TestAgent.in(temp.resolve("agent")).answering(ONE_TASK);
  }

  static Sample with(Path temp, TestAgent agent) {
    TestRepository repository = TestRepository.create(temp.resolve("a repository"));
    repository.write("specs/hello.md", "# Hello\nSay hello.\n").commit("Want hello");
    var sample = new Sample(temp, repository);
    Program.Ended init = sample.run("init");
    assertThat(init.exit()).as(init.all()).isZero();
    repository
        .write(
            ".hyperloop.yaml",
            repository.read(".hyperloop.yaml").replace("poll_interval: 30", "poll_interval: 1")
                + agent.configuration()
                + IMPATIENT)
        .commit("Use agent");
    return sample;
  }

  @CanIgnoreReturnValue
  Program.Ended run(String... arguments) {
    return program().run(arguments);
  }

  Program program() {
    return Program.in(repository.top()).with("XDG_STATE_HOME", temp.resolve("state").toString());
  }

  /** That one message and that exit code, and no stack trace. */
  void assertRefused(int exit, String message, String... arguments) {
    String before = repository.git("for-each-ref") + repository.git("status", "--porcelain");
    Program.Ended ended = run(arguments);
    assertThat(ended.exit()).as(ended.all()).isEqualTo(exit);
    assertThat(ended.err()).contains(message, "where: ", "remedy: ").doesNotContain("\tat ");
    assertThat(repository.git("for-each-ref") + repository.git("status", "--porcelain"))
        .isEqualTo(before);
  }

  /** No work tree, lock or process is left, and git finds nothing wrong. */
  void assertTidy() throws IOException {
    assertThat(repository.git("worktree", "list").lines()).hasSize(1);
    assertThat(repository.git("fsck", "--no-dangling")).isEmpty();
    try (Stream<Path> files = Files.walk(repository.path(".git"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".lock"))).isEmpty();
    }
    assertTidyProcesses();
  }

  /** No agent runs. */
  void assertTidyProcesses() {
    String script = temp.resolve("agent").toString();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(one -> one.info().commandLine().orElse("").contains(script)))
        .isEmpty();
  }

  /** How often a task's work is on the base branch. */
  long merges() {
    return repository
        .git("log", "--first-parent", "--format=%(trailers:key=Task-Ref)")
        .lines()
        .filter(line -> !line.isBlank())
        .count();
  }
}
