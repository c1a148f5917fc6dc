package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  /** Stands where a sample is yet to be made. */
  static final Sample NONE = new Sample(Path.of(""), TestRepository.at(Path.of("")));

  /** A PM's answer of that many tasks, which wait for nothing. */
  static String tasks(int count) {
    String task =
        "{\"key\":\"k%d\",\"title\":\"Task"
            + " %d\",\"spec\":\"specs/hello.md\",\"description\":\"Do.\"}";
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> task.formatted(i, i))
        .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
  }

  static String id(int number) {
    return String.format(Locale.ROOT, "task-%03d", number);
  }

  String review(int task, int round) {
    return repository.read(".hyperloop/state/reviews/" + id(task) + "-round-" + round + ".md");
  }

  static TestAgent agent(Path temp) {
    return TestAgent.in(temp.resolve("agent")).answering(ONE_TASK);
  }

  /** One repository with one spec, initialised once and copied for each test. */
  static Sample with(Path temp, TestAgent agent) {
    return with(temp, agent, "");
  }

  /** The same, with these lines in its configuration besides. */
  static Sample with(Path temp, TestAgent agent, String settings) {
    return configured(temp, agent.configuration(), settings);
  }

  /** The same with any agent. */
  static Sample configured(Path temp, String agent, String settings) {
    Path top = temp.resolve("a repository");
    copy(Initialised.TOP, top);
    var sample = new Sample(temp, TestRepository.at(top));
    sample
        .repository
        .write(
            ".hyperloop.yaml",
            sample.repository.read(".hyperloop.yaml")
                + agent
                + IMPATIENT
                    .lines()
                    .filter(line -> !settings.contains(line.split(":", -1)[0]))
                    .collect(Collectors.joining("\n", "", "\n"))
                + settings)
        .commit("Use agent");
    return sample;
  }

  /** Made once for all tests: what {@code init} does takes as long as a run. */
  private static final class Initialised {
    static final Path TOP = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory(Program.jar().getParent(), "test-sample-");
        TestRepository repository = TestRepository.create(folder.resolve("sample"));
        repository.write("specs/hello.md", "# Hello\nSay hello.\n").commit("Want hello");
        Program.Ended init = Program.in(repository.top()).run("init");
        assertThat(init.exit()).as(init.all()).isZero();
        String written = repository.read(".hyperloop.yaml");
        repository
            .write(".hyperloop.yaml", written.replace("poll_interval: 30", "poll_interval: 1"))
            .commit("Look often");
        return repository.top();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @CanIgnoreReturnValue
  Program.Ended run(String... arguments) {
    return program().run(arguments);
  }

  Program program() {
    return Program.in(repository.top()).with("XDG_STATE_HOME", temp.resolve("state").toString());
  }

  /** Waits until a file holds that text, for half a minute at most. */
  void await(Process run, Path file, String text) throws Exception {
    for (int i = 0; i < 300; i++) {
      if (Files.exists(file) && Files.readString(file).contains(text)) {
        return;
      }
      assertThat(run.waitFor(100, TimeUnit.MILLISECONDS))
          .as("it ended too early: " + file)
          .isFalse();
    }
    run.destroyForcibly();
    throw new AssertionError(text + " did not come");
  }

  /** That message with its place, that exit code, no stack trace, and nothing is changed. */
  void assertRefused(int exit, String message, String... arguments) {
    assertThat(refused(exit, message, arguments)).contains("where: ");
  }

  /** The same for what is wrong with the arguments themselves, which have no place. */
  void assertDeclined(String message, String... arguments) {
    assertThat(refused(2, message, arguments)).doesNotContain("where: ");
  }

  private String refused(int exit, String message, String... arguments) {
    String before = repository.git("for-each-ref") + repository.git("status", "--porcelain");
    Program.Ended ended = run(arguments);
    assertThat(ended.exit()).as(ended.all()).isEqualTo(exit);
    assertThat(ended.err()).contains(message, "remedy: ").doesNotContain("\tat ");
    assertThat(repository.git("for-each-ref") + repository.git("status", "--porcelain"))
        .isEqualTo(before);
    return ended.err();
  }

  /** No work tree, lock or process is left, and git finds nothing wrong. */
  void assertTidy() throws IOException {
    assertThat(repository.git("worktree", "list", "--porcelain", "-z").split("\0worktree ", -1))
        .hasSize(1);
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

  /** The logs of agents, by path, and how long they are. */
  Map<Path, Long> logs() throws IOException {
    var logs = new TreeMap<Path, Long>();
    try (Stream<Path> files = Files.walk(temp.resolve("state"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        logs.put(file, Files.size(file));
      }
    }
    return logs;
  }

  /** The last thousand bytes of a file. */
  static String end(Path file) throws IOException {
    try (var reader = new RandomAccessFile(file.toFile(), "r")) {
      var bytes = new byte[(int) Math.min(1_000, reader.length())];
      reader.seek(reader.length() - bytes.length);
      reader.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
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
