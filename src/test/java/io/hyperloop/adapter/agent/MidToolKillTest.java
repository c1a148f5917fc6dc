package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.ClaudeModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the real agent programs in the middle of a tool that does not want to go, without a sandbox
 * that would take everything with it: {@code -Dmid.kills=N} times in all.
 */
@Tag("agents")
class MidToolKillTest {
  /** So many agents at once; the ends of tools that are deaf are mostly waited for. */
  private static final int LANES = 6;

  private static final int KILLS = Integer.getInteger("mid.kills", 100);

  /** Each is given the name of a file to write when it runs, and a number that nobody else has. */
  private static final List<String> TOOLS =
      List.of(
          // In a session of its own.
          "setsid -w sh -c 'echo > %1$s; exec sleep %2$s'",
          // Deaf to what can be ignored.
          "sh -c 'trap \"\" TERM HUP INT; echo > %1$s; while :; do sleep %2$s; done'",
          // A daemon, that its parent no longer knows, and that is deaf too.
          "(setsid sh -c 'trap \"\" TERM HUP; echo > %1$s; exec sleep %2$s'"
              + " < /dev/null > /dev/null 2>&1 &) ; sleep %2$s");

  @TempDir Path root;

  private record Lane(int kills, int orphans, List<Long> nanos) {}

  @Test
  void nothingIsLeftOfWhatIsKilledInTheMiddleOfATool() throws Exception {
    long begun = System.nanoTime();
    var foreign = new ArrayList<Process>();
    var lanes = new ArrayList<Future<Lane>>();
    var all = List.copyOf(EnumSet.allOf(Doomed.class));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < LANES; i++) {
        Doomed doomed = all.get(i % all.size());
        Path folder = Files.createDirectories(root.resolve(doomed.name() + "-" + i));
        foreign.add(lookalike(doomed, folder));
        int share = share(i, doomed);
        lanes.add(threads.submit(() -> lane(doomed, folder, share)));
      }
      var nanos = new ArrayList<Long>();
      int kills = 0;
      int orphans = 0;
      for (Future<Lane> each : lanes) {
        Lane lane = each.get();
        kills += lane.kills();
        orphans += lane.orphans();
        nanos.addAll(lane.nanos());
      }
      long touched = foreign.stream().filter(process -> !process.isAlive()).count();
      nanos.sort(null);
      System.out.printf(
          Locale.ROOT,
          "%d kills in mid tool: %d orphans, %d of %d foreign processes touched; from kill to end"
              + " median %d ms, most %d ms; %d s in all%n",
          kills,
          orphans,
          touched,
          foreign.size(),
          nanos.get(nanos.size() / 2) / 1_000_000,
          nanos.getLast() / 1_000_000,
          (System.nanoTime() - begun) / 1_000_000_000);

      assertThat(kills).isEqualTo(KILLS);
      assertThat(orphans).isZero();
      assertThat(touched).isZero();
    } finally {
      foreign.forEach(Process::destroyForcibly);
    }
  }

  /** Of two lanes for each program; OpenCode takes five times as long to start as the others. */
  private static int share(int lane, Doomed doomed) {
    int slow = KILLS / 10;
    int quick = (KILLS - 2 * slow + 3 - (lane % 3 == 0 ? lane / 3 : lane / 3 + 2)) / 4;
    return doomed == Doomed.OPENCODE ? slow : quick;
  }

  /** Somebody else's program of the same name, near the work trees. */
  private static Process lookalike(Doomed doomed, Path folder) throws IOException {
    Path near = Files.createDirectories(folder.resolve("worktrees"));
    Path program = folder.resolve(doomed.program().getFileName());
    Path ignored = Files.copy(Path.of("/bin/sleep"), program);
    return new ProcessBuilder(program.toString(), "3600").directory(near.toFile()).start();
  }

  private static Lane lane(Doomed doomed, Path folder, int kills) throws Exception {
    var command = new AtomicReference<>("true");
    var agents = new LocalAgents(folder);
    Path home = Files.createDirectories(folder.resolve("home"));
    agents.ours.put("HOME", home.toString());
    int orphans = 0;
    var nanos = new ArrayList<Long>();
    try (ClaudeModel model =
        ClaudeModel.playing((said, results) -> doomed.run(said, command.get()))) {
      LocalRuntime runtime = agents.runtime(doomed.harness(home, model.url()));
      try {
        for (int i = 1; i <= kills; i++) {
          Path ready = folder.resolve("ready-" + i);
          String number = "1000." + System.nanoTime();
          command.set(TOOLS.get(i % TOOLS.size()).formatted(ready, number));
          WorkOrder order = Orders.writing(i);
          runtime.ensure(order);
          await(ready, () -> agents.log(order.key()));
          long begun = System.nanoTime();
          boolean program = i / TOOLS.size() % 3 == 2;
          assertThat(alive(number)).as("processes of the tool").isPositive();
          if (program) {
            kill(doomed, folder);
          } else {
            runtime.end(order.key(), "not wanted any more");
          }
          JobEnd end = AgentRuntimeContract.awaitEnd(runtime, order.key());
          nanos.add(System.nanoTime() - begun);
          orphans += alive(number);
          assertKind(end, program ? Breakage.CRASHED : Breakage.ENDED_BY_US);
          runtime.release(order.key());
        }
      } finally {
        runtime.endAll("the test is over");
      }
    }
    return new Lane(kills, orphans, nanos);
  }

  /** Kills the program itself, as somebody else might. */
  private static void kill(Doomed doomed, Path folder) throws IOException {
    String real = doomed.program().toRealPath().toString();
    List<ProcessHandle> found =
        ProcessHandle.allProcesses()
            .filter(process -> process.info().command().orElse("").equals(real))
            .filter(process -> environment(process.pid()).contains(folder.toString()))
            .toList();
    assertThat(found).isNotEmpty();
    found.forEach(ProcessHandle::destroyForcibly);
  }

  private static String environment(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static void assertKind(JobEnd end, Breakage kind) {
    assertThat(((JobEnd.Worker) end).end())
        .isInstanceOfSatisfying(
            WorkerEnd.Silent.class, silent -> assertThat(silent.kind()).isEqualTo(kind));
  }

  /** Processes that have that number in their command line. */
  private static int alive(String number) {
    return (int)
        ProcessHandle.allProcesses()
            .filter(process -> process.info().commandLine().orElse("").contains(number))
            .count();
  }

  private static void await(Path file, java.util.function.Supplier<String> log) throws Exception {
    var never = new CountDownLatch(1);
    long begun = System.nanoTime();
    while (!Files.exists(file)) {
      boolean ignored = never.await(20, TimeUnit.MILLISECONDS);
      if (System.nanoTime() - begun > Duration.ofMinutes(1).toNanos()) {
        throw new AssertionError("no tool was started:\n" + log.get());
      }
    }
  }
}
