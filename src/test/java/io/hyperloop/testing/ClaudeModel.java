package io.hyperloop.testing;

import io.hyperloop.demo.Script;
import io.hyperloop.demo.ScriptedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * A scripted model for Claude Code and for Codex, whose requests hold more than a script looks at:
 * reminders beside each prompt, tools of its own. Keeps all requests.
 */
public final class ClaudeModel implements AutoCloseable {
  private final ScriptedModel model;
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong inputTokens = new AtomicLong();

  private ClaudeModel(Play play) {
    this.model =
        ScriptedModel.start(
            said -> {
              requests.add(said.request());
              Script.Reply reply = play.reply(said, results(said.request()));
              if (reply instanceof Script.Reply.Say) {
                answered.incrementAndGet();
                // As the scripted model counts them in its replies.
                inputTokens.addAndGet(1 + said.request().toString().length() / 4);
              }
              return reply;
            },
            Duration.ZERO);
  }

  /** What it does. */
  @FunctionalInterface
  public interface Play {
    /**
     * Answers.
     *
     * @param results how many tools have answered so far in the whole conversation
     */
    Script.Reply reply(Script.Said said, int results);
  }

  public static ClaudeModel playing(Play play) {
    return new ClaudeModel(play);
  }

  /** Runs one shell command, and then says that this is all. */
  public static Script.Reply run(String command, int results) {
    return results == 0 ? bash(command) : Script.say("That is all.");
  }

  public static Script.Reply bash(String command) {
    return Script.call("I run it.", "Bash", Map.of("command", command, "description", "work"));
  }

  /** Gives a verdict. */
  public static Script.Reply verdict(String verdict, String detail) {
    return report(Map.of("verdict", verdict, "detail", detail));
  }

  /** Gives any report. */
  public static Script.Reply report(Map<String, Object> report) {
    return Script.call("", "StructuredOutput", report);
  }

  /** An error of the API's. */
  public static Script.Reply fail(int status, String type, Map<String, String> headers) {
    return new Script.Reply.Fail(status, type, "as the script wants it", headers);
  }

  public String url() {
    return model.url();
  }

  public List<JsonNode> requests() {
    return List.copyOf(requests);
  }

  /** How many requests it answered with a message. */
  public long answered() {
    return answered.get();
  }

  /** What it has told of tokens that it read. */
  public long inputTokens() {
    return inputTokens.get();
  }

  @Override
  public void close() {
    model.close();
  }

  private static int results(JsonNode request) {
    int count = 0;
    for (JsonNode message : request.path("messages")) {
      for (JsonNode block : message.path("content")) {
        count += block.path("type").asString("").equals("tool_result") ? 1 : 0;
      }
    }
    for (JsonNode item : request.path("input")) {
      count += item.path("type").asString("").equals("function_call_output") ? 1 : 0;
    }
    return count;
  }
}
