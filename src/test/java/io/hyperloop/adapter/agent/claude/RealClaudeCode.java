package io.hyperloop.adapter.agent.claude;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.LocalAgents;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.demo.Script;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The real Claude Code at work on one order, its model scripted. */
abstract class RealClaudeCode {
  static final String KEY = "sk-ant-api03-of-the-orchestrator";
  static final String MODEL = "claude-sonnet-4-5";
  static final WorkOrder ORDER = Orders.writing(1);

  @TempDir Path root;
  final Map<String, String> account = new TreeMap<>(Map.of("ANTHROPIC_API_KEY", KEY));
  final Overheard overheard = new Overheard();
  LocalAgents agents;
  List<String> args = List.of();
  ClaudeModel model = ClaudeModel.playing((said, results) -> Script.say("Nothing."));
  LocalRuntime runtime;

  @BeforeEach
  void begin() throws IOException {
    agents = new LocalAgents(root);
    agents.ours.put("HOME", Files.createDirectories(root.resolve("home")).toString());
    agents.ours.put("ANTHROPIC_API_KEY", KEY);
    runtime = agents.runtime("true");
  }

  @AfterEach
  void end() {
    runtime.endAll("the test is over");
    model.close();
  }

  Script.Reply workThenPass(String command, int results) {
    return results == 0 ? ClaudeModel.bash(command) : ClaudeModel.verdict("pass", "done");
  }

  /** A shell in a session of its own that a SIGTERM does not end, and that writes down its pid. */
  String stubborn(String name) {
    return "setsid -w sh -c 'trap \"\" TERM HUP INT; echo $$ > %s; while :; do sleep 1; done'"
        .formatted(root.resolve(name));
  }

  void subscribe() {
    account.clear();
    account.put("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-of-the-user");
  }

  Path directory() {
    return agents.workplace.directory(ORDER.key());
  }

  WorkerEnd run(ClaudeModel.Play play) {
    start(play);
    return ended();
  }

  void start(ClaudeModel.Play play) {
    model.close();
    model = ClaudeModel.playing(play);
    account.put("ANTHROPIC_BASE_URL", model.url());
    runtime =
        agents.runtime(
            overheard.in(
                new ClaudeCodeHarness(
                    ClaudeCodeAccount.of(ClaudeCodeAccount.Auth.AUTO, account),
                    new ClaudeCodeSettings(
                        List.of(AgentPrograms.claude().toString()), Optional.of(MODEL), 50, args),
                    InstantSource.system())));
    runtime.ensure(ORDER);
  }

  WorkerEnd ended() {
    return ((JobEnd.Worker) AgentRuntimeContract.awaitEnd(runtime, ORDER.key())).end();
  }

  static WorkerEnd.Silent silent(WorkerEnd end) {
    assertThat(end).isInstanceOf(WorkerEnd.Silent.class);
    return (WorkerEnd.Silent) end;
  }

  static void assertPassed(WorkerEnd end) {
    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            reported -> assertThat(reported.report().verdict()).isEqualTo(Verdict.PASS));
  }

  long pid(String name) throws IOException {
    return Long.parseLong(Files.readString(root.resolve(name)).strip());
  }

  void assertGone(String name) throws IOException {
    Path stat = Path.of("/proc/" + pid(name) + "/stat");
    // What has ended stays listed, as a Z, until init has taken note of it.
    assertThat(Files.exists(stat) ? Files.readString(stat) : "gone").containsAnyOf("gone", ") Z ");
  }

  /** Until a file is there, for half a minute at most. */
  void await(String name) throws Exception {
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
