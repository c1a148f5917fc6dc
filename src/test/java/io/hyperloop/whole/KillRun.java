package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.Program;
import io.hyperloop.testing.TestAgent;
import io.hyperloop.testing.TestRepository;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One repository whose orchestrator is killed again and again. Three specs, four tasks of which
 * three wait for another; every second verifier finds something once; all agents leave processes
 * behind, some of which do not want to end.
 */
final class KillRun {
  private static final String PLAN =
      """
      {"tasks": [
        {"key": "a", "title": "Base", "spec": "specs/hello.md", "description": ""},
        {"key": "b", "title": "Left", "spec": "specs/left.md", "description": "", "deps": ["a"]},
        {"key": "c", "title": "Right", "spec": "specs/right.md", "description": "", "deps": ["a"]},
        {"key": "d", "title": "Both", "spec": "specs/right.md", "description": "", "deps": ["b", "c"]}]}
      """;

  private static final int TASKS_EACH = 4;

  /** A child, a child in a session of its own, and now and then one that ignores SIGTERM. */
  private static final String FORK =
      "sleep 97 & setsid sleep 97 >/dev/null 2>&1 & "
          + "if [ $(($$ %% %d)) = 0 ]; then setsid sh -c 'trap \"\" TERM; while :; do sleep 7; done'"
          + " >/dev/null 2>&1 & fi; ";

  private static final String IMPLEMENT =
      "mkdir -p work; echo \"$HYPERLOOP_TASK_ID\" > \"work/$HYPERLOOP_TASK_ID\"; sleep 0.%d; "
          + "git add work; git commit -q -m half; echo \"$HYPERLOOP_ROUND\" > \"work/round-$HYPERLOOP_TASK_ID\"; "
          + "report pass ok";

  private static final String VERIFY =
      "sleep 0.1; case $HYPERLOOP_ROUND$HYPERLOOP_TASK_ID in 0*[02468]) report fail once ;; "
          + "*) report pass fine ;; esac";

  private final Path temp;
  private final Random dice;
  private final Sample sample;
  private final TestRepository repository;
  private final String before;
  private final Map<String, String> files = new TreeMap<>();
  private int editions = 1;
  private int restarts;

  KillRun(Path temp, long seed) {
    this.temp = temp;
    this.dice = new Random(seed);
    String fork = FORK.formatted(10 + dice.nextInt(6));
    TestAgent agent =
        Sample.agent(temp)
            .answering(PLAN)
            .pm(fork + "sleep 0.1; cat \"$HOME_OF_AGENT/pm.json\" > \"$HYPERLOOP_RESULT_FILE\"")
            .implementer(fork + IMPLEMENT.formatted(1 + dice.nextInt(4)))
            .verifier(fork + VERIFY);
    this.sample =
        Sample.with(
            temp,
            agent,
            "max_workers: 3\nmax_task_rounds: 3\nworktree: {setup: [\"sleep 0.1; echo > made\"]}\n");
    this.repository = sample.repository();
    repository.write(".gitignore", "*.log\nmade\n");
    repository.write("specs/left.md", "# Left\n").write("specs/right.md", "# Right\n");
    repository.commit("Want three things");
    person();
    this.before = status();
  }

  /** What a person has lying about. */
  private void person() {
    own("README.md", "changed, not staged\n");
    own("staged \"file\" ü.txt", "staged\n");
    repository.git("add", "staged \"file\" ü.txt");
    own("staged \"file\" ü.txt", "staged, then changed\n");
    own("untracked\nfile.txt", "untracked\n");
    own("ignored.log", "ignored\n");
  }

  private void own(String path, String text) {
    repository.write(path, text);
    files.put(path, text);
  }

  private String status() {
    return repository.git("status", "--porcelain=v2", "--ignored", "-z");
  }

  int restarts() {
    return restarts;
  }

  /** Kills it that often, and tells each time what it was about. */
  void kill(int times, Consumer<String> at) throws Exception {
    int killed = 0;
    while (killed < times) {
      KillMoment moment = dice.nextInt(4) == 0 ? KillMoment.aimed(dice) : KillMoment.someTime(dice);
      Path out = temp.resolve("out-" + restarts);
      Path err = temp.resolve("err-" + restarts);
      Process run = sample.program().start(out, err, "run");
      restarts++;
      boolean alive = moment.await(run, repository.path(".git"), out.toFile());
      run.destroyForcibly();
      int exit = run.waitFor();
      if (alive && exit == 137) {
        killed++;
        at.accept(about(out));
      } else {
        assertThat(exit).as(told(out, err)).isIn(0, 137);
      }
      if (exit == 0 && killed < times) {
        converged();
        edit();
      }
    }
    Program.Ended last = sample.run("run");
    restarts++;
    assertThat(last.exit()).as(last.all()).isZero();
    converged();
  }

  /** What the killed process was about, by what it left. */
  private String about(Path out) throws IOException {
    String step = KillMoment.leftBy(repository.path(".git"));
    if (!step.isEmpty()) {
      return "base follows: " + step;
    }
    if (!locks().isEmpty()) {
      return "a save, merge or taking over is being written";
    }
    if (Files.size(out) == 0) {
      return "starting or recovering";
    }
    long agents = processes().stream().filter(line -> line.contains("HYPERLOOP_ROLE=")).count();
    return agents > 0 ? "agents at work" : "between agents";
  }

  /** The person wants more; what else lies about is not committed. */
  private void edit() {
    editions++;
    for (String spec : List.of("specs/hello.md", "specs/left.md", "specs/right.md")) {
      repository.write(spec, "# Edition " + editions + "\n");
    }
    repository.git("commit", "-q", "-m", "Want more", "--", "specs");
  }

  /** All is done once, nothing is left behind, nothing of the person's is touched. */
  private void converged() throws IOException {
    var expected = new TreeSet<String>();
    for (int i = 1; i <= editions * TASKS_EACH; i++) {
      expected.add(Sample.id(i));
    }
    List<String> merged =
        repository
            .git("log", "--first-parent", "--format=%(trailers:key=Task-Ref,valueonly,separator=)")
            .lines()
            .filter(line -> !line.isBlank())
            .sorted()
            .toList();
    assertThat(merged).containsExactlyElementsOf(expected);
    assertThat(repository.git("log", "--format=%p").lines().filter(line -> line.contains(" ")))
        .isEmpty();
    for (String task : expected) {
      assertThat(repository.read("work/" + task)).isEqualTo(task + "\n");
      assertThat(repository.read(".hyperloop/state/tasks/" + task + ".md"))
          .contains("status: complete");
    }
    reviews(expected);
    sample.assertTidy();
    assertThat(processes()).isEmpty();
    assertThat(locks()).isEmpty();
    assertThat(repository.git("for-each-ref", "refs/heads")).endsWith("refs/heads/main");
    assertThat(left()).isEmpty();
    assertThat(status()).isEqualTo(before);
    files.forEach((path, text) -> assertThat(repository.read(path)).isEqualTo(text));
  }

  /** Each finding is there once. */
  private void reviews(Set<String> tasks) {
    String[] names =
        repository
            .path(".hyperloop/state/reviews")
            .toFile()
            .list((folder, name) -> name.endsWith(".md"));
    var expected =
        tasks.stream()
            .filter(task -> (task.charAt(task.length() - 1) - '0') % 2 == 0)
            .map(task -> task + "-round-0.md")
            .toList();
    assertThat(names).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Locks, notes and copies of the index. */
  private List<Path> locks() throws IOException {
    try (Stream<Path> all = Files.walk(repository.path(".git"))) {
      return all.filter(
              file -> {
                String name = file.getFileName().toString();
                return name.endsWith(".lock")
                    || name.startsWith("gc.pid")
                    || name.startsWith("index.hyperloop-")
                    || name.startsWith("advance-");
              })
          .toList();
    }
  }

  /** Runs and work trees in the state directory. */
  private List<String> left() throws IOException {
    var left = new ArrayList<String>();
    try (Stream<Path> all = Files.walk(temp.resolve("state"), 3)) {
      all.filter(
              folder -> List.of("runs", "worktrees", "rooms").contains(folder.toFile().getName()))
          .map(Path::toFile)
          .map(File::listFiles)
          .flatMap(Stream::of)
          .filter(file -> !file.getName().startsWith("."))
          .forEach(file -> left.add(file.getPath()));
    }
    return left;
  }

  /** Whoever works in this sample's folders or was told of them, agent or not. */
  private List<String> processes() throws IOException {
    var found = new ArrayList<String>();
    for (File process : new File("/proc").listFiles()) {
      if (process.getName().chars().allMatch(Character::isDigit)
          && !process.getName().equals(String.valueOf(ProcessHandle.current().pid()))) {
        String all =
            text(process, "cmdline") + "\n" + text(process, "environ") + "\n" + cwd(process);
        if (all.contains(temp + "/")) {
          found.add(process.getName() + " " + all.replace('\0', ' '));
        }
      }
    }
    return found;
  }

  private static String text(File process, String file) {
    try {
      return new String(
          Files.readAllBytes(process.toPath().resolve(file)), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static String cwd(File process) {
    try {
      return Files.readSymbolicLink(process.toPath().resolve("cwd")) + "/";
    } catch (IOException e) {
      return "";
    }
  }

  private static String told(Path out, Path err) throws IOException {
    return Stream.of(Files.readString(out), Files.readString(err))
        .collect(Collectors.joining("\n--- err\n"));
  }
}
