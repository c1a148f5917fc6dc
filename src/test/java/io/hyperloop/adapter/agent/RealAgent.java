package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.demo.Script;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.ClaudeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real agent program at work on one order, its model scripted. */
public abstract class RealAgent {
  protected static final WorkOrder ORDER = Orders.writing(1);

  @TempDir protected Path root;
  protected final Overheard overheard = new Overheard();
  protected LocalAgents agents;
  protected List<String> args = List.of();
  protected ClaudeModel model = ClaudeModel.playing((said, results) -> Script.say("Nothing."));
  protected LocalRuntime runtime;

  @BeforeEach
  void open() throws IOException {
    agents = new LocalAgents(root);
    agents.ours.put("HOME", Files.createDirectories(root.resolve("home")).toString());
    runtime = agents.runtime("true");
  }

  @AfterEach
  void close() {
    runtime.endAll("the test is over");
    model.close();
  }

  /** The harness, its model at that address. */
  protected abstract Harness harness(String url);

  /** A shell in a session of its own that a SIGTERM does not end, and that writes down its pid. */
  protected String stubborn(String name) {
    return "setsid -w sh -c 'trap \"\" TERM HUP INT; echo $$ > %s; while :; do sleep 1; done'"
        .formatted(root.resolve(name));
  }

  protected Path directory() {
    return agents.workplace.directory(ORDER.key());
  }

  protected WorkerEnd run(ClaudeModel.Play play) {
    start(play);
    return ended();
  }

  protected void start(ClaudeModel.Play play) {
    model.close();
    model = ClaudeModel.playing(play);
    runtime = agents.runtime(overheard.in(harness(model.url())));
    runtime.ensure(ORDER);
  }

  protected WorkerEnd ended() {
    return ((JobEnd.Worker) AgentRuntimeContract.awaitEnd(runtime, ORDER.key())).end();
  }

  protected String log() {
    return agents.log(ORDER.key());
  }

  protected static WorkerEnd.Silent silent(WorkerEnd end) {
    assertThat(end).isInstanceOf(WorkerEnd.Silent.class);
    return (WorkerEnd.Silent) end;
  }

  protected static void assertPassed(WorkerEnd end) {
    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            reported -> assertThat(reported.report().verdict()).isEqualTo(Verdict.PASS));
  }

  protected void assertGone(String name) throws IOException {
    long pid = Long.parseLong(Files.readString(root.resolve(name)).strip());
    Path stat = Path.of("/proc/" + pid + "/stat");
    // What has ended stays listed, as a Z, until init has taken note of it.
    assertThat(Files.exists(stat) ? Files.readString(stat) : "gone").containsAnyOf("gone", ") Z ");
  }

  /** Until a file is there, for half a minute at most. */
  protected void await(String name) throws Exception {
    var seen = new java.util.concurrent.CompletableFuture<Boolean>();
    try (var clock = java.util.concurrent.Executors.newSingleThreadScheduledExecutor()) {
      var looks =
          clock.scheduleAtFixedRate(
              () -> {
                if (Files.exists(root.resolve(name))) {
                  seen.complete(true);
                }
              },
              0,
              50,
              TimeUnit.MILLISECONDS);
      seen.get(30, TimeUnit.SECONDS);
      looks.cancel(false);
    }
  }
}
