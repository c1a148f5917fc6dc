package io.hyperloop.adapter.agent.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.adapter.agent.Deadlines;
import io.hyperloop.adapter.agent.LocalAgents;
import io.hyperloop.adapter.agent.LocalRuntime;
import io.hyperloop.demo.Script;
import io.hyperloop.demo.Script.Reply;
import io.hyperloop.demo.ScriptedModel;
import io.hyperloop.domain.Breakage;
import io.hyperloop.domain.JobEnd;
import io.hyperloop.domain.PmEnd;
import io.hyperloop.domain.Report.Verdict;
import io.hyperloop.domain.WorkerEnd;
import io.hyperloop.port.AgentRuntimeContract;
import io.hyperloop.port.Orders;
import io.hyperloop.port.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** How the embedded agent talks to its model: replies, tools, reports, and all that goes wrong. */
class ConversationTest {
  private static final String KEY = "sk-ant-not-to-be-seen";

  @TempDir Path root;
  private LocalAgents agents;
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private AnthropicSettings settings =
      new AnthropicSettings(
          Optional.of("scripted-1"), 20, 4_000, Duration.ofSeconds(20), 0, Duration.ofMillis(1));

  @BeforeEach
  void begin() {
    agents = new LocalAgents(root);
    agents.ours.put("ANTHROPIC_API_KEY", KEY);
  }

  @Test
  void aReportEndsTheWork() {
    WorkerEnd end = run(said -> Script.report("pass", "all done"));

    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            reported -> {
              assertThat(reported.report().verdict()).isEqualTo(Verdict.PASS);
              assertThat(reported.report().detail()).isEqualTo("all done");
            });
    assertThat(requests).hasSize(1);
  }

  @Test
  void thePmReportsTasks() {
    Script script =
        said ->
            Script.call(
                "",
                "report",
                Map.of(
                    "tasks",
                    List.of(
                        Map.of("title", "Do it", "spec", "specs/a.md", "description", "all of it")),
                    "deferred",
                    List.of(Map.of("spec", "specs/b.md", "reason", "later"))));

    assertThat(((JobEnd.Pm) run(script, Orders.planning(1))).end())
        .isInstanceOfSatisfying(
            PmEnd.Answered.class,
            answered -> {
              assertThat(answered.report().tasks().getFirst().title()).isEqualTo("Do it");
              assertThat(answered.report().deferred().getFirst().text()).isEqualTo("later");
            });
  }

  @Test
  void aReportThatDoesNotCountGoesBackToTheModelWithItsFaults() {
    WorkerEnd end =
        run(said ->
            said.results().isEmpty()
                ? Script.report("great", "")
                : Script.report(
                    said.results().getLast().text().contains("must be pass, fail or question")
                        ? "pass"
                        : "fail",
                    ""));

    assertThat(end)
        .isInstanceOfSatisfying(
            WorkerEnd.Reported.class,
            reported -> assertThat(reported.report().verdict()).isEqualTo(Verdict.PASS));
  }

  @Test
  void aModelThatStopsWithoutAReportIsRemindedOnce() {
    WorkerEnd end = run(said -> Script.say("I am done."));

    assertThat(end).isInstanceOf(WorkerEnd.Silent.class);
    assertThat(requests).hasSize(2);
  }

  @Test
  void aReminderIsEnough() {
    WorkerEnd end =
        run(said ->
            said.last().contains("without a report")
                ? Script.report("pass", "")
                : Script.say("I am done."));

    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
  }

  @Test
  void severalCallsInOneReplyAreAllAnswered() {
    WorkerEnd end =
        run(said ->
            said.results().isEmpty()
                ? new Reply.Say(
                    "both",
                    List.of(
                        new Script.Call("bash", Map.of("command", "echo one")),
                        new Script.Call("bash", Map.of("command", "echo two; exit 4")),
                        new Script.Call("fly", Map.of())),
                    "tool_use")
                : Script.report("pass", said.results().toString()));

    assertThat(((WorkerEnd.Reported) end).report().detail())
        .contains("one")
        .contains("two\n[exit code 4]")
        .contains("there is no such tool: fly");
  }

  @Test
  void aReplyThatWasCutOffAtItsLengthGoesOn() {
    WorkerEnd end =
        run(said ->
            said.last().contains("cut off")
                ? Script.report("pass", "")
                : new Reply.Say(
                    "A long",
                    List.of(new Script.Call("bash", Map.of("command", "echo"))),
                    "max_tokens"));

    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
  }

  @Test
  void aModelThatNeverComesToAnEndIsStopped() {
    WorkerEnd end = run(said -> Script.bash("again", "true"));

    assertThat(silent(end).kind()).isEqualTo(Breakage.CRASHED);
    assertThat(silent(end).detail()).contains("within 20 turns");
  }

  @ParameterizedTest
  @CsvSource({"refusal, refused", "model_context_window_exceeded, longer than the model can read"})
  void aModelThatCannotGoOnSaysWhy(String stopReason, String words) {
    WorkerEnd end = run(said -> new Reply.Say("no", List.of(), stopReason));

    assertThat(silent(end).kind()).isEqualTo(Breakage.CRASHED);
    assertThat(silent(end).detail()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "401, authentication_error, invalid x-api-key, '', CREDENTIALS",
    "403, permission_error, not allowed, '', CREDENTIALS",
    "402, billing_error, pay first, '', QUOTA",
    "400, invalid_request_error, Your credit balance is too low, '', QUOTA",
    "429, rate_limit_error, slow down, '', THROTTLED",
    "429, rate_limit_error, slow down, 20, THROTTLED",
    "429, rate_limit_error, come back later, 7200, QUOTA",
    "529, overloaded_error, Overloaded, '', OVERLOADED",
    "500, api_error, oops, '', OVERLOADED",
    "504, timeout_error, too slow, '', TIMED_OUT",
    "400, invalid_request_error, prompt is too long, '', CRASHED",
    "404, not_found_error, no such model, '', CRASHED",
  })
  void anErrorOfTheServiceIsToldApart(
      int status, String type, String message, String retryAfter, Breakage expected) {
    Map<String, String> headers =
        retryAfter.isEmpty() ? Map.of() : Map.of("retry-after", retryAfter);

    WorkerEnd end = run(said -> new Reply.Fail(status, type, message, headers));

    assertThat(silent(end).kind()).isEqualTo(expected);
    assertThat(silent(end).detail()).contains(Integer.toString(status)).contains(message);
  }

  @Test
  void anOverloadThatPassesIsWaitedOut() {
    settings = withRetries(2);
    var asked = new AtomicInteger();

    WorkerEnd end =
        run(said ->
            asked.getAndIncrement() == 0
                ? new Reply.Fail(
                    529, "overloaded_error", "Overloaded", Map.of("retry-after-ms", "1"))
                : Script.report("pass", ""));

    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
  }

  @Test
  void aConnectionThatBreaksInTheMiddleIsTriedAgain() {
    settings = withRetries(1);
    var asked = new AtomicInteger();

    WorkerEnd end =
        run(said ->
            asked.getAndIncrement() == 0
                ? new Reply.CutOff("I was about to")
                : Script.report("pass", ""));

    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
  }

  @Test
  void aConnectionThatAlwaysBreaksIsNotTheAgentsFault() {
    WorkerEnd end = run(said -> new Reply.CutOff("I was about to"));

    assertThat(silent(end).kind()).isEqualTo(Breakage.OVERLOADED);
  }

  @Test
  void aReplyWithoutEndMeetsTheTimeLimit() {
    agents.deadlines = Deadlines.of(Duration.ofMillis(700));

    WorkerEnd end = run(said -> new Reply.Endless());

    assertThat(silent(end).kind()).isEqualTo(Breakage.TIMED_OUT);
  }

  @Test
  void aCommandBeyondItsTimeIsEndedAndTheWorkGoesOn() {
    settings =
        new AnthropicSettings(
            Optional.empty(), 20, 4_000, Duration.ofMillis(300), 0, Duration.ofMillis(1));

    WorkerEnd end =
        run(said ->
            said.results().isEmpty()
                ? Script.bash("", "echo begun; sleep 1000")
                : Script.report("pass", said.results().getFirst().text()));

    assertThat(((WorkerEnd.Reported) end).report().detail())
        .startsWith("begun\n")
        .contains("took longer");
  }

  @Test
  void aCommandThatLeavesSomethingRunningDoesNotHoldUpTheNext() {
    WorkerEnd end =
        run(said ->
            switch (said.results().size()) {
              case 0 -> Script.bash("", "sleep 1000 & echo $! > pid");
              case 1 -> Script.bash("", "kill -0 $(cat pid) && echo still there");
              default -> Script.report("pass", said.results().getLast().text());
            });

    assertThat(((WorkerEnd.Reported) end).report().detail()).contains("still there");
  }

  @Test
  void theWholePromptReachesTheModelAndTheKeyDoesNotReachTheLog() {
    WorkOrder order = Orders.prompted(Orders.writing(1), "Build it.\n" + "x".repeat(1 << 20));

    JobEnd end = run(said -> Script.report("pass", KEY + said.prompt().length()), order);

    assertThat(((WorkerEnd.Reported) ((JobEnd.Worker) end).end()).report().detail())
        .isEqualTo("[redacted]" + ((1 << 20) + 10));
    assertThat(agents.log(order.key())).contains("> report").doesNotContain(KEY);
    assertThat(requests.getFirst().toString()).doesNotContain(KEY);
  }

  @Test
  void whatStaysTheSameIsMarkedForTheCache() {
    WorkerEnd end =
        run(said ->
            said.results().size() < 2 ? Script.bash("", "true") : Script.report("pass", ""));

    assertThat(end).isInstanceOf(WorkerEnd.Reported.class);
    assertThat(requests)
        .hasSize(3)
        .allSatisfy(request -> {
          assertThat(request.path("system").get(0).has("cache_control")).isTrue();
          JsonNode last = request.path("messages").get(request.path("messages").size() - 1);
          assertThat(last.path("content").get(0).has("cache_control")).isTrue();
          assertThat(request.findValues("cache_control")).hasSize(2);
        });
    assertThat(requests.getFirst().path("stream").asBoolean(false)).isTrue();
    assertThat(requests.getFirst().path("model").asString()).isEqualTo("scripted-1");
    assertThat(requests.getFirst().path("tools").findValuesAsString("name"))
        .contains("bash", "str_replace_based_edit_tool", "report");
  }

  @Test
  @Timeout(20)
  void aModelThatThinksForLongCanBeEnded() throws Exception {
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);

    WorkerEnd end =
        endWhen(
            asked,
            said -> {
              asked.countDown();
              await(never);
              return Script.say("too late");
            });
    never.countDown();

    assertThat(silent(end).kind()).isEqualTo(Breakage.ENDED_BY_US);
  }

  @Test
  @Timeout(20)
  void aWaitForTheNextTryCanBeEnded() throws Exception {
    settings = withRetries(3);
    var asked = new CountDownLatch(1);

    WorkerEnd end =
        endWhen(
            asked,
            said -> {
              asked.countDown();
              return new Reply.Fail(
                  529, "overloaded_error", "Overloaded", Map.of("retry-after", "59"));
            });

    assertThat(silent(end).kind()).isEqualTo(Breakage.ENDED_BY_US);
  }

  private WorkerEnd endWhen(CountDownLatch moment, Script script) throws Exception {
    WorkOrder order = Orders.writing(1);
    try (ScriptedModel model = ScriptedModel.start(script, Duration.ZERO)) {
      LocalRuntime runtime =
          agents.runtime(
              new AnthropicHarness(
                  Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", model.url()), settings));
      runtime.ensure(order);
      moment.await();
      runtime.end(order.key(), "enough");
      return ((JobEnd.Worker) AgentRuntimeContract.awaitEnd(runtime, order.key())).end();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private AnthropicSettings withRetries(int retries) {
    return new AnthropicSettings(
        Optional.empty(), 20, 4_000, Duration.ofSeconds(20), retries, Duration.ofMillis(1));
  }

  private static WorkerEnd.Silent silent(WorkerEnd end) {
    return (WorkerEnd.Silent) end;
  }

  private WorkerEnd run(Script script) {
    return ((JobEnd.Worker) run(script, Orders.writing(1))).end();
  }

  private JobEnd run(Script script, WorkOrder order) {
    Script recorded =
        said -> {
          requests.add(said.request());
          return script.reply(said);
        };
    try (ScriptedModel model = ScriptedModel.start(recorded, Duration.ZERO)) {
      LocalRuntime runtime =
          agents.runtime(
              new AnthropicHarness(
                  Map.of("ANTHROPIC_API_KEY", KEY, "ANTHROPIC_BASE_URL", model.url()), settings));
      runtime.ensure(order);
      return AgentRuntimeContract.awaitEnd(runtime, order.key());
    }
  }
}
