package io.hyperloop.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperloop.demo.Script;
import io.hyperloop.testing.AgentPrograms;
import io.hyperloop.testing.ClaudeModel;
import io.hyperloop.testing.CodexModel;
import io.hyperloop.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real jar with the real Codex, from a spec to its merge. The model is scripted. */
@Tag("agents")
class CodexTest {
  private static final String KEY = "sk-proj-of-the-user";
  private static final String WORK =
      "echo hello > hello.txt && git add hello.txt"
          + " && git -c user.name=Codex -c user.email=codex@example.org commit -m 'Say hello'"
          + " -m 'Spec-Ref: specs/hello.md' -m 'Task-Ref: task-001'";

  @TempDir Path temp;

  @Test
  void aSpecIsPlannedImplementedVerifiedAndMerged() throws IOException {
    Sample sample = sample("limits: {}");
    try (ClaudeModel model =
        ClaudeModel.playing((said, results) ->
            said.field("Role").equals("implementer") && results == 0
                ? CodexModel.shell(WORK)
                : play(said, results))) {
      Program.Ended ended = with(sample, model).run("run");

      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(ended.out() + ended.err())
          .contains("agents: Codex; the OpenAI API key in OPENAI_API_KEY")
          .doesNotContain(KEY);
      assertThat(sample.repository().git("show", "HEAD:hello.txt")).isEqualTo("hello");
      assertThat(sample.repository().git("log", "--format=%s", "--grep", "Task-Ref: task-001"))
          .contains("Say hello");
      for (Path log : sample.logs().keySet()) {
        assertThat(Files.readString(log)).doesNotContain(KEY, "fatal:");
      }
      JsonNode usage =
          new JsonMapper().readTree(with(sample, model).run("get", "usage", "-o", "json").out());
      assertThat(usage.values().stream().mapToLong(task -> task.path("input").asLong(0)).sum())
          .isEqualTo(model.inputTokens());
      sample.assertTidy();
    }
  }

  @Test
  void anAgentAtItsTasksLimitIsEndedAfterOneReplyTooManyAtMost() throws IOException {
    Sample sample = sample("limits: {task_tokens: 50000}");
    var looks = new AtomicInteger();
    try (ClaudeModel model =
        ClaudeModel.playing((said, results) -> {
          if (!said.field("Role").equals("implementer")) {
            return play(said, results);
          }
          looks.incrementAndGet();
          return CodexModel.shell("sleep 1");
        })) {
      Program.Ended ended = with(sample, model).run("run");

      assertThat(ended.exit()).as(ended.all()).isEqualTo(1);
      assertThat(ended.out()).contains("tokens are used on this task (limits.task_tokens)");
      long each = model.inputTokens() / (looks.get() + 1);
      assertThat(looks.get() * each).isLessThan(50_000 + 2 * each);
      sample.assertTidy();
    }
  }

  private Sample sample(String limits) {
    Sample sample = Sample.configured(temp, "", "");
    sample
        .repository()
        .write(
            ".hyperloop.yaml",
            """
            poll_interval: 1
            agent: {type: codex, model: gpt-5.5, command: ["%s"]}
            %s
            """
                .formatted(AgentPrograms.codex(), limits))
        .commit("Use Codex");
    return sample;
  }

  private Program with(Sample sample, ClaudeModel model) {
    Path ignored = CodexModel.settings(temp, model.url());
    return sample
        .program()
        .within(Duration.ofMinutes(3))
        .with("HOME", temp.toString())
        .with("OPENAI_API_KEY", KEY);
  }

  private static Script.Reply play(Script.Said said, int results) {
    return switch (said.field("Role")) {
      case "pm" ->
          CodexModel.report(
              Map.of(
                  "tasks",
                  List.of(
                      Map.of(
                          "key", "hello",
                          "title", "Say hello",
                          "spec", "specs/hello.md",
                          "description", "Do it.",
                          "deps", List.of(),
                          "replaces", List.of())),
                  "satisfied",
                  List.of(),
                  "deferred",
                  List.of(),
                  "questions",
                  List.of()));
      case "implementer" -> CodexModel.verdict("pass", "It says hello.");
      case "verifier" ->
          results == 0
              ? CodexModel.shell("cat hello.txt")
              : CodexModel.verdict("pass", "It does say hello.");
      default -> Script.say("Who am I? " + said.system());
    };
  }
}
