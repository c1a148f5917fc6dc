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
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jar with the real {@code opencode acp}, from a spec to its merge, scripted. */
@Tag("agents")
class OpenCodeTest {
  private static final String WORK =
      """
      case $HYPERLOOP_ROLE in
      pm) report='{"tasks": [{"title": "Say hello", "spec": "specs/hello.md", "description": "Do it."}]}' ;;
      implementer)
        echo hello > hello.txt
        git add hello.txt
        git commit -qm "Say hello" -m "Spec-Ref: $HYPERLOOP_SPEC_REF" -m 'Task-Ref: task-001'
        report='{"verdict": "pass", "detail": "It says hello."}' ;;
      *) grep hello hello.txt && report='{"verdict": "pass", "detail": "It does say hello."}' ;;
      esac
      echo "$report" > "$HYPERLOOP_RESULT_FILE"
      """;

  @TempDir Path temp;

  @Test
  void aSpecIsMergedAfterAVerifierOnAnotherModelHasSeenIt() throws IOException {
    try (ClaudeModel model = ClaudeModel.playing(OpenCodeTest::play)) {
      Sample sample = Sample.configured(temp, configuration(model.url()), "");

      Program.Ended ended =
          sample.program().within(Duration.ofMinutes(4)).with("HOME", temp.toString()).run("run");

      assertThat(ended.exit()).as(ended.all()).isZero();
      assertThat(sample.repository().git("show", "HEAD:hello.txt")).isEqualTo("hello");
      assertThat(sample.repository().git("log", "--format=%s", "--grep", "Task-Ref: task-001"))
          .contains("Say hello");
      assertThat(model.requests())
          .extracting(request -> request.path("model").asString(""))
          .contains("claude-sonnet-4-5", "claude-haiku-4-5");
      sample.assertTidy();
    }
  }

  private String configuration(String url) throws IOException {
    Path settings = temp.resolve("opencode.json");
    Files.writeString(
        settings,
        """
        {"provider": {"anthropic": {"options": {"baseURL": "%s/v1", "apiKey": "sk-none"}}}}
        """
            .formatted(url));
    return """
    agent:
      type: acp
      command: ["%s", acp]
      model: anthropic/claude-sonnet-4-5
      env: {OPENCODE_CONFIG: "%s", OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_AUTOUPDATE: "1"}
      roles:
        verifier: {model: anthropic/claude-haiku-4-5}
    """
        .formatted(AgentPrograms.opencode(), settings);
  }

  private static Script.Reply play(Script.Said said, int results) {
    if (said.request().path("tools").isEmpty()) {
      return Script.say("A title");
    }
    return results == 0
        ? Script.call("I run it.", "bash", Map.of("command", WORK, "description", "work"))
        : Script.say("That is all.");
  }
}
