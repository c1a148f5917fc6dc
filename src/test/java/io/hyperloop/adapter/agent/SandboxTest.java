package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.testing.TestRepository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker's programs see and may do in the real sandbox. */
@Tag("tools")
class SandboxTest {
  private static final String SECRET = "do not tell";

  @TempDir Path temp;
  private Path root;
  private TestRepository repository;
  private Path workTree;
  private Path report;
  private final Map<String, String> ours = new TreeMap<>();
  private String output = "";

  @BeforeEach
  void begin() throws IOException {
    root = temp.toRealPath();
    repository = TestRepository.create(root.resolve("repository"));
    repository.write("a.txt", "a\n").commit("a");
    workTree = root.resolve("state/worktrees/task-001");
    report = Files.createDirectories(root.resolve("state/runs/task-001/report"));
    Files.createDirectories(root.resolve("state/worktrees"));
    var unused = repository.git("worktree", "add", "-q", "--detach", workTree.toString());
    for (String file :
        List.of(
            "home/.ssh/id",
            "home/.aws/credentials",
            "home/.config/gh/hosts.yml",
            "home/.netrc",
            "state/logs/task-002/x.log",
            "state/logs/task-001/x.prompt.md",
            "state/worktrees/task-002/file",
            "repository/.git/hyperloop/inbox/request",
            "agent.sock")) {
      write(file, SECRET);
    }
    write("home/code/readable", "seen");
    ours.put("PATH", System.getenv("PATH"));
    ours.put("SSH_AUTH_SOCK", root.resolve("agent.sock").toString());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private WorkerProcess start(boolean network, String script) throws IOException {
    Sandbox.Cell cell =
        Sandboxes.of(
                root.resolve("state"),
                root.resolve("repository/.git"),
                root.resolve("home"),
                ours,
                network)
            .cell(new Sandbox.Place(workTree, Set.of(report)));
    var environment = new TreeMap<>(System.getenv());
    environment.put("HOME", root.resolve("home").toString());
    environment.put("ROOT", root.toString());
    // The configuration that tests use may lie where the sandbox shows nothing.
    environment.remove("GIT_CONFIG_GLOBAL");
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "Agent");
      environment.put("GIT_" + who + "_EMAIL", "agent@localhost");
    }
    return WorkerProcess.start(
        cell,
        List.of("bash", "-c", script),
        workTree,
        environment,
        Path.of("/dev/null"),
        new ProcessTree("worker-of-this-test"),
        (bytes, length) -> output += new String(bytes, 0, length, StandardCharsets.UTF_8));
  }

  private int run(boolean network, String script) throws Exception {
    try (WorkerProcess process = start(network, script)) {
      return process.await();
    }
  }

  private int run(String script) throws Exception {
    return run(true, script);
  }

  /** Tries to write to each, and says which it could. */
  private static String writing(String... names) {
    return "for f in "
        + String.join(" ", names)
        + "; do (echo planted > \"$ROOT/$f\") 2> /dev/null && echo \"wrote $f\"; done; true";
  }

  @Test
  void anAgentCommitsInItsWorkTree() throws Exception {
    assertThat(run("echo b > b.txt && git add -A && git commit -q -m mine && git status")).isZero();

    assertThat(output).contains("nothing to commit");
    assertThat(TestRepository.at(workTree).git("log", "-1", "--format=%s", "--", "b.txt"))
        .isEqualTo("mine");
  }

  @Test
  void itsReportReachesUs() throws Exception {
    assertThat(run("echo done > \"$ROOT/state/runs/task-001/report/report.json\"")).isZero();

    assertThat(report.resolve("report.json")).hasContent("done");
  }

  @Test
  void refsAndSettingsOfTheRepositoryAreNotWritable() throws Exception {
    repository.git("pack-refs", "--all");
    String tip = repository.git("rev-parse", "main");
    String config = repository.read(".git/config");

    assertThat(
            run(
                writing(
                        "repository/.git/config",
                        "repository/.git/hooks/pre-commit",
                        "repository/.git/refs/heads/main",
                        "repository/.git/packed-refs",
                        "repository/.git/info/attributes",
                        "repository/.git/objects/info/alternates",
                        "repository/.git/HEAD",
                        "repository/.git/index")
                    + "; git branch mine; git config core.hooksPath /tmp; true"))
        .isZero();

    assertThat(output).doesNotContain("wrote");
    assertThat(repository.git("rev-parse", "main")).isEqualTo(tip);
    assertThat(repository.git("branch", "--list", "mine")).isEmpty();
    assertThat(repository.read(".git/config")).isEqualTo(config);
  }

  @Test
  void nothingElseIsWritable() throws Exception {
    assertThat(
            run(
                writing(
                    "repository/a.txt",
                    "home/code/readable",
                    "home/.profile",
                    "state/logs/task-002/x.log",
                    "state/worktrees/task-002/file")))
        .isZero();

    assertThat(root.resolve("repository/a.txt")).hasContent("a");
    assertThat(root.resolve("home/code/readable")).hasContent("seen");
    assertThat(root.resolve("home/.profile")).doesNotExist();
    assertThat(root.resolve("state/logs/task-002/x.log")).hasContent(SECRET);
    assertThat(root.resolve("state/worktrees/task-002/file")).hasContent(SECRET);
  }

  @Test
  void credentialsAndTheAffairsOfOthersAreNotSeen() throws Exception {
    Path remote = root.resolve("outside/cluster.yaml");
    write("outside/cluster.yaml", SECRET);
    ours.put("KUBECONFIG", remote.toString());

    assertThat(run("grep -rs '" + SECRET + "' \"$ROOT\" ~; cat ~/code/readable")).isZero();

    assertThat(output).isEqualTo("seen");
  }

  @Test
  void noSocketOfOursIsThere() throws Exception {
    assertThat(run("cat \"$ROOT/agent.sock\"; ls /run/user /run/docker.sock /tmp/.X11-unix"))
        .isNotZero();

    assertThat(output.lines())
        .hasSize(4)
        .allMatch(line -> line.matches(".*(No such file|Permission denied).*"));
  }

  @Test
  void itSeesOnlyItsOwnProcesses() throws Exception {
    long us = ProcessHandle.current().pid();

    assertThat(run("ls /proc | grep -c '^[0-9]'; grep -l java /proc/[0-9]*/comm; kill -0 " + us))
        .isNotZero();

    assertThat(Integer.parseInt(output.lines().findFirst().orElseThrow())).isLessThan(8);
    assertThat(output).doesNotContain("comm");
  }

  @Test
  void withoutTheNetworkNothingListensOnLoopback() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect = "exec 3<> /dev/tcp/127.0.0.1/" + server.getLocalPort();

      assertThat(run(true, connect)).isZero();
      assertThat(run(false, connect)).isNotZero();
    }
  }

  @Test
  void theExitCodeIsTheProgramsOwn() throws Exception {
    assertThat(run("exit 7")).isEqualTo(7);
  }

  @Test
  void aProgramOutlivesTheThreadThatAskedForIt() throws Exception {
    var started = new WorkerProcess[1];
    Thread asking =
        Thread.ofPlatform()
            .start(() -> {
              try {
                started[0] = start(true, "sleep 1000");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    asking.join();

    assertThat(started[0].await(Duration.ofSeconds(1))).isFalse();

    assertThat(ProcessTree.of(started[0]).end(Duration.ofSeconds(3))).isEmpty();
  }

  @Test
  void whatIsAskedToEndMayTidyUpFirst() throws Exception {
    try (WorkerProcess process =
        start(
            true,
            "trap 'echo tidied > done; exit 0' TERM; echo ready > up; while :; do sleep 0.05;"
                + " done")) {
      while (!Files.exists(workTree.resolve("up"))) {
        Thread.onSpinWait();
      }

      assertThat(ProcessTree.of(process).end(Duration.ofSeconds(10))).isEmpty();
    }
    assertThat(workTree.resolve("done")).hasContent("tidied");
  }

  @Test
  void theTrialSaysWhetherItWorks() {
    assertThat(Sandboxes.over(root).trial()).isEmpty();
    assertThat(
            new Bubblewrap(
                    Path.of("/bin/false"),
                    new Bubblewrap.Machine(root.resolve("state"), null, Set.of(), Map.of()),
                    true,
                    List.of())
                .trial())
        .contains("/bin/false");
  }
}
