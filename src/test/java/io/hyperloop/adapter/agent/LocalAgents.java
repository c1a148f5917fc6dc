package io.hyperloop.adapter.agent;

import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.JobKey;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.FakeLedger;
import io.hyperloop.port.PlainWorkplace;
import io.hyperloop.port.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A local runtime whose agents are shell scripts, with all its files under one directory. */
public final class LocalAgents {
  /** An agent that counts itself, then works until it is told what to report. */
  static final String OBEDIENT =
      """
      run=$(dirname "$(dirname "$HYPERLOOP_RESULT_FILE")")
      echo started >> "$DESK/started"
      until mv "$DESK/$(basename "$run")" "$HYPERLOOP_RESULT_FILE" 2> /dev/null; do sleep 0.01; done
      """;

  public final Path root;
  public final PlainWorkplace workplace;
  public final Map<String, String> agentEnv = new TreeMap<>();
  public final Map<String, String> ours = new TreeMap<>(System.getenv());

  /** These agents write where they like, unless a test says otherwise. */
  public Sandbox sandbox = Sandbox.NONE;

  /** Why there is no room for agents. */
  volatile @Nullable String noRoom;

  /** What its agents use. */
  public final FakeLedger ledger = new FakeLedger();

  public Deadlines deadlines = Deadlines.of(Duration.ofMinutes(2));

  public LocalAgents(Path root) {
    this.root = root;
    this.workplace = new PlainWorkplace(root.resolve("worktrees"));
    agentEnv.put("DESK", directory("desk").toString());
  }

  public LocalRuntime runtime(String script) {
    return runtime(new CommandHarness(List.of("sh", "-c", script)));
  }

  public LocalRuntime runtime(Harness harness) {
    return new LocalRuntime(
        workplace,
        role -> new Player(harness, deadlines, Map.of()),
        root.resolve("state"),
        new WorkerEnvironment(ours, Map.of(), agentEnv),
        sandbox,
        Redaction.of(ours, agentEnv),
        ledger,
        InstantSource.system(),
        () -> Optional.ofNullable(noRoom));
  }

  /** Runs one order to its end. */
  JobEnd run(String script, WorkOrder order) {
    LocalRuntime runtime = runtime(script);
    runtime.ensure(order);
    return AgentRuntimeContract.awaitEnd(runtime, order.key());
  }

  AgentFiles files() {
    return new AgentFiles(root.resolve("state"));
  }

  public String log(JobKey key) {
    return read(files().log(key));
  }

  /** Leaves a report for an obedient agent to pick up. */
  void report(JobKey key, String json) {
    try {
      Path part = root.resolve("desk").resolve(key.name() + ".part");
      Files.writeString(part, json);
      Files.move(part, root.resolve("desk").resolve(key.name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many obedient agents began. */
  int started() {
    Path counted = root.resolve("desk").resolve("started");
    return Files.exists(counted) ? (int) read(counted).lines().count() : 0;
  }

  Path directory(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
