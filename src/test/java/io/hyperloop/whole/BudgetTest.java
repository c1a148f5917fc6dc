package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.demo.Script;
import io.hyperloop.demo.ScriptedModel;
import io.hyperloop.testing.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What agents may cost, with the real program and a scripted model that counts its replies. */
class BudgetTest {
  private static final String ON_AND_ON = "I look around.";

  @TempDir Path temp;
  private final AtomicInteger looks = new AtomicInteger();
  private ScriptedModel model = ScriptedModel.start(this::reply, Duration.ZERO);
  private Sample sample = Sample.NONE;

  @BeforeEach
  void begin() {
    sample = Sample.with(temp, Sample.agent(temp));
  }

  @AfterEach
  void end() {
    model.close();
  }

  /** An implementer that looks around for ever, until a person tells it to be quick. */
  private Script.Reply reply(Script.Said said) {
    return switch (said.field("Role")) {
      case "pm" ->
          Script.call(
              "One task.",
              "report",
              Map.of(
                  "tasks",
                  List.of(
                      Map.of(
                          "key",
                          "a",
                          "title",
                          "Say hello",
                          "spec",
                          "specs/hello.md",
                          "description",
                          "Do it."))));
      case "implementer" -> implementer(said);
      default -> Script.report("pass", "It says hello.");
    };
  }

  private Script.Reply implementer(Script.Said said) {
    if (!said.prompt().contains("Be quick.")) {
      looks.incrementAndGet();
      return Script.bash(ON_AND_ON, "true");
    }
    return said.results().isEmpty()
        ? Script.bash("I say hello.", "echo hello > hello.txt")
        : Script.report("pass", "It is said.");
  }

  private void configure(String limits) {
    sample
        .repository()
        .write(".hyperloop.yaml", "poll_interval: 1\nagent: {type: anthropic}\n" + limits + "\n")
        .commit("Limit it");
  }

  private Program.Ended run(String... arguments) {
    return sample
        .program()
        .with("ANTHROPIC_API_KEY", "scripted")
        .with("ANTHROPIC_BASE_URL", model.url())
        .run(arguments);
  }

  private JsonNode usage(String by) {
    Program.Ended told = run("get", "usage", "--by", by, "-o", "json");
    assertThat(told.exit()).as(told.all()).isZero();
    return new JsonMapper().readTree(told.out());
  }

  @Test
  void anAgentAtItsTasksLimitIsEndedAndGoesOnWhenAPersonRaisesIt() throws Exception {
    configure("limits: {task_cost_usd: 0.05}");

    Program.Ended first = run("run");

    assertThat(first.exit()).as(first.all()).isEqualTo(1);
    assertThat(first.out())
        .contains("$0.05 are spent on this task (limits.task_cost_usd)")
        .contains("raise the limit, then hyperloop retry task-001");
    int replies = looks.get();
    double cost = usage("task").get(1).path("cost_usd").doubleValue();
    assertThat(cost).isGreaterThanOrEqualTo(0.05);
    assertThat(cost).as("at most one reply too many").isLessThan(0.05 + 2 * cost / replies);
    sample.assertTidy();

    assertThat(run("retry", "task-001", "Be quick.").exit()).isZero();
    Program.Ended same = run("run");
    assertThat(same.exit()).as(same.all()).isEqualTo(1);
    assertThat(same.out()).contains("refused: retry of task-001");

    configure("limits: {task_cost_usd: 1}");
    assertThat(run("retry", "task-001", "Be quick.").exit()).isZero();
    Program.Ended last = run("run");
    assertThat(last.exit()).as(last.all()).isZero();
    assertThat(sample.merges()).isEqualTo(1);
    assertThat(looks.get()).as("replies after the limit").isEqualTo(replies);
  }

  @Test
  void atTheRunsLimitNothingMoreStartsAndTheNextRunHasItsOwn() {
    configure("limits: {tokens: 1, per: run}");

    Program.Ended first = run("run");

    assertThat(first.exit()).as(first.all()).isEqualTo(1);
    assertThat(first.out()).contains("of 1 tokens are used this run (limits.tokens)");
    assertThat(looks.get()).as("the PM alone was asked").isZero();
    assertThat(usage("role")).hasSize(1);

    configure("limits: {tokens: 1, per: day}");
    Program.Ended today = run("run");
    assertThat(today.exit()).as(today.all()).isEqualTo(1);
    assertThat(today.out()).contains("of 1 tokens are used today (limits.tokens)");
    assertThat(usage("role")).hasSize(1);
  }
}
