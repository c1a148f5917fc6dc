package io.hyperloop.adapter.agent.claude;

import io.hyperloop.adapter.agent.JsonLines;
import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.domain.Usage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads Claude Code's {@code stream-json}: writes it down for people, tells the monitor, and keeps
 * what decides about the end. Lines of a kind that is not known are signs of life and nothing else.
 */
final class ClaudeCodeStream implements JsonLines.Reader {
  /** The tool by which the model gives structured output. */
  private static final String REPORT = "StructuredOutput";

  private final Transcript transcript;
  private final Monitor monitor;
  private final UsageTally tally;
  private String model = "";
  private @Nullable StreamResult result;
  private @Nullable JsonNode report;
  private @Nullable RateLimit limit;

  ClaudeCodeStream(Transcript transcript, Monitor monitor, Usage.Basis priced) {
    this.transcript = transcript;
    this.monitor = monitor;
    this.tally = new UsageTally(priced);
  }

  synchronized @Nullable StreamResult result() {
    return result;
  }

  /** The structured output; null if there was none. */
  synchronized @Nullable JsonNode report() {
    return report;
  }

  synchronized @Nullable RateLimit limit() {
    return limit;
  }

  @Override
  public synchronized void text(String line) {
    monitor.stirred();
    transcript.say("Claude Code: " + line);
  }

  @Override
  public synchronized void object(JsonNode line) {
    monitor.stirred();
    switch (line.path("type").asString("")) {
      case "system" -> system(line);
      case "assistant" -> assistant(line.path("message"));
      case "user" -> results(line.path("message").path("content"));
      case "stream_event" -> piece(line);
      case "rate_limit_event" -> limited(RateLimit.of(line));
      case "result" -> over(line);
      default -> {
        // Later versions say more.
      }
    }
  }

  private void system(JsonNode line) {
    switch (line.path("subtype").asString("")) {
      case "init" -> {
        String session = line.path("session_id").asString("");
        if (session.matches("[0-9a-f-]{36}")) {
          monitor.session(session);
        }
        transcript.say(
            "Claude Code "
                + line.path("claude_code_version").asString("")
                + ", the model is "
                + line.path("model").asString("")
                + ", permissions "
                + line.path("permissionMode").asString(""));
      }
      case "api_retry" ->
          transcript.say(
              String.format(
                  Locale.ROOT,
                  "the model's service answered %d (%s): try %d of %d in %d s",
                  line.path("error_status").asInt(0),
                  line.path("error").asString(""),
                  line.path("attempt").asInt(0),
                  line.path("max_retries").asInt(0),
                  (line.path("retry_delay_ms").asLong(0) + 999) / 1000));
      default -> {
        // Notes for its own user interface.
      }
    }
  }

  private void assistant(JsonNode message) {
    String named = message.path("model").asString("");
    if (!named.isEmpty() && !named.startsWith("<")) {
      model = named;
      tally.message(message.path("id").asString(""), message.path("usage"));
      monitor.used(model, tally.total(model));
    }
    for (JsonNode block : message.path("content")) {
      switch (block.path("type").asString("")) {
        case "text" -> {
          transcript.text(block.path("text").asString(""));
          transcript.endOfText();
        }
        case "tool_use" -> called(block.path("name").asString(""), block.path("input"));
        default -> {
          // What it thinks is its own.
        }
      }
    }
  }

  private void called(String tool, JsonNode input) {
    String argument = input.path("command").asString(input.path("file_path").asString(""));
    transcript.call(
        tool.equals(REPORT) ? "report" : tool, argument.isEmpty() ? input.toString() : argument);
  }

  private void results(JsonNode content) {
    for (JsonNode block : content) {
      if (block.path("type").asString("").equals("tool_result")) {
        transcript.result(words(block.path("content")), block.path("is_error").asBoolean(false));
      }
    }
  }

  private static String words(JsonNode content) {
    if (content.isString()) {
      return content.stringValue();
    }
    var words = new StringBuilder();
    for (JsonNode part : content) {
      String text = part.path("text").asString("");
      words.append(text.isEmpty() ? "[" + part.path("type").asString("") + "]" : text).append('\n');
    }
    return words.toString();
  }

  /** Of a message that is still coming: its usage is final only in its last pieces. */
  private void piece(JsonNode line) {
    JsonNode event = line.path("event");
    switch (event.path("type").asString("")) {
      case "message_start" ->
          tally.message(
              event.path("message").path("id").asString(""), event.path("message").path("usage"));
      case "message_delta" -> {
        tally.message(line.path("api_message_id").asString(""), event.path("usage"));
        monitor.used(model, tally.total(model));
      }
      default -> {
        // The whole of each block comes in a line of its own.
      }
    }
  }

  private void limited(RateLimit now) {
    limit = now;
    now.allowance().ifPresent(monitor::allowance);
  }

  private void over(JsonNode line) {
    result = StreamResult.of(line);
    if (line.path("structured_output").isObject()) {
      report = line.path("structured_output");
    }
    tally.result(line);
    Usage used = tally.total(model);
    monitor.used(model, used);
    transcript.say(
        String.format(
            Locale.ROOT,
            "tokens: %,d in, %,d read from the cache, %,d out; %s$%.4f",
            used.input() + used.cacheWrite(),
            used.cacheRead(),
            used.output(),
            used.basis() == Usage.Basis.EQUIVALENT ? "would have cost " : "",
            used.microUsd() / 1e6));
  }
}
