package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.demo.Script;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar with the real Claude Code, from a spec to its merge. The model is scripted. */
@Tag("agents")
class ClaudeCodeTest {
  private static final String KEY = "sk-ant-api03-of-the-user";
  private static final String WORK =
      "echo hello > hello.txt && git add hello.txt && git commit -qm 'Say hello'"
          + " -m 'Spec-Ref: specs/hello.md' -m 'Task-Ref: task-001'";

  @TempDir Path temp;

  @Test
  void aSpecIsPlannedImplementedVerifiedAndMerged() throws IOException {
    Sample sample = sample("agent: {type: claude-code, command: [\"" + program() + "\"]}\n");
    try (ClaudeModel model = ClaudeModel.playing(ClaudeCodeTest::play)) {
      Program.Ended ended = with(sample, model).run("run");

      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(ended.out() + ended.err())
          .contains("agents: Claude Code; the Anthropic API key in ANTHROPIC_API_KEY")
          .doesNotContain(KEY);
      assertThat(sample.repository().git("show", "HEAD:hello.txt")).isEqualTo("hello");
      assertThat(sample.repository().git("log", "--format=%s", "--grep", "Task-Ref: task-001"))
          .contains("Say hello");
      for (Path log : sample.logs().keySet()) {
        assertThat(Files.readString(log)).doesNotContain(KEY);
      }
      sample.assertTidy();
    }
  }

  @Test
  void autoIsClaudeCodeWhereItIsFound() throws IOException {
    Sample sample = sample("agent: {type: auto}\n");
    Path folder = program().getParent();
    try (ClaudeModel model = ClaudeModel.playing(ClaudeCodeTest::play)) {
      Program.Ended ended =
          with(sample, model).with("PATH", folder + ":" + System.getenv("PATH")).run("run");

      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(ended.out() + ended.err()).contains("agents: Claude Code; ");
    }
  }

  @Test
  void anAgentAtItsTasksLimitIsEndedAfterOneReplyTooManyAtMost() throws IOException {
    Sample sample = sample("");
    sample
        .repository()
        .write(
            ".hyperloop.yaml",
            """
            poll_interval: 1
            agent: {type: claude-code, command: ["%s"]}
            limits: {task_tokens: 60000}
            """
                .formatted(program()))
        .commit("Limit tasks");
    var looks = new AtomicInteger();
    try (ClaudeModel model =
        ClaudeModel.playing((said, results) -> {
          if (!said.field("Role").equals("implementer")) {
            return play(said, results);
          }
          looks.incrementAndGet();
          return ClaudeModel.bash("sleep 1");
        })) {
      Program.Ended ended = with(sample, model).run("run");

      assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
      assertThat(ended.out()).contains("tokens are used on this task (limits.task_tokens)");
      long each = model.inputTokens() / (looks.get() + 1);
      assertThat(looks.get() * each).isLessThan(60_000 + 2 * each);
      sample.assertTidy();
    }
  }

  @Test
  void afterALimitOfASubscriptionNothingIsAskedUntilItsReset() throws Exception {
    Sample sample =
        sample(
            "agent: {type: claude-code, auth: subscription, command: [\""
                + program()
                + "\"]}\n"
                + "max_cycles: 25\n");
    Instant reset = Instant.now().plus(Duration.ofHours(2));
    try (ClaudeModel model =
        ClaudeModel.playing((said, results) ->
            ClaudeModel.fail(
                429,
                "rate_limit_error",
                Map.of(
                    "anthropic-ratelimit-unified-status", "rejected",
                    "anthropic-ratelimit-unified-representative-claim", "five_hour",
                    "anthropic-ratelimit-unified-reset", "" + reset.getEpochSecond())))) {
      Path out = temp.resolve("out");
      Path err = temp.resolve("err");
      Process run =
          with(sample, model)
              .with("CLAUDE_CODE_OAUTH_TOKEN", "sk-ant-oat01-x")
              .start(out, err, "run");
      try {
        sample.await(run, out, "planning ended: quota: Claude Code: You've hit your 5-hour limit");
      } finally {
        run.destroy();
      }

      assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(out)
          .content()
          .contains("claude-code paused until " + reset.truncatedTo(ChronoUnit.SECONDS));
      assertThat(err).content().contains("ANTHROPIC_API_KEY is set and not used");
      assertThat(model.requests()).hasSize(1);
    }
  }

  private Sample sample(String agent) {
    return Sample.configured(temp, agent, "");
  }

  private static Path program() {
    return AgentPrograms.claude();
  }

  private Program with(Sample sample, ClaudeModel model) {
    return sample
        .program()
        .within(Duration.ofMinutes(3))
        .with("HOME", temp.toString())
        .with("ANTHROPIC_BASE_URL", model.url())
        .with("ANTHROPIC_API_KEY", KEY);
  }

  private static Script.Reply play(Script.Said said, int results) {
    return switch (said.field("Role")) {
      case "pm" ->
          ClaudeModel.report(
              Map.of(
                  "tasks",
                  List.of(
                      Map.of(
                          "title", "Say hello",
                          "spec", "specs/hello.md",
                          "description", "Do it."))));
      case "implementer" ->
          results == 0 ? ClaudeModel.bash(WORK) : ClaudeModel.verdict("pass", "It says hello.");
      case "verifier" ->
          results == 0
              ? ClaudeModel.bash("cat hello.txt")
              : ClaudeModel.verdict("pass", "It does say hello.");
      default -> Script.say("Who am I? " + said.system());
    };
  }
}
