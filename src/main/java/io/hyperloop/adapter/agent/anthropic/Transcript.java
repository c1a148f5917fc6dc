package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Usage;
import io.hyperloop.adapter.agent.AgentLog;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a conversation down as it happens, for people who follow the log. */
final class Transcript {
  private static final int SHOWN_MAX = 4_000;

  private final AgentLog log;
  private boolean midLine;
  private long input;
  private long cached;
  private long output;

  Transcript(AgentLog log) {
    this.log = log;
  }

  /** A piece of a reply. */
  void add(RawMessageStreamEvent event) {
    event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .map(text -> ShellTool.printable(text.text()))
        .filter(text -> !text.isEmpty())
        .ifPresent(text -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          log.accept(bytes, bytes.length);
          midLine = !text.endsWith("\n");
        });
    if (event.isContentBlockStop() && midLine) {
      line("");
    }
  }

  /** The end of a reply. */
  void end(Message reply) {
    Usage usage = reply.usage();
    input += usage.inputTokens() + usage.cacheCreationInputTokens().orElse(0L);
    cached += usage.cacheReadInputTokens().orElse(0L);
    output += usage.outputTokens();
  }

  void call(String tool, String argument) {
    line("> " + tool + ": " + shown(argument));
  }

  void result(ToolResult result) {
    String text = shown(result.text()).stripTrailing();
    line((result.error() ? "! " : "  ") + text.replace("\n", "\n  "));
  }

  void say(String text) {
    line("[hyperloop] " + text);
  }

  /** What the whole run used. */
  void sum() {
    say(
        String.format(
            Locale.ROOT,
            "tokens: %,d in, %,d read from the cache, %,d out",
            input,
            cached,
            output));
  }

  private void line(String text) {
    // A line that a cut-off reply left open is closed first.
    log.line((midLine && !text.isEmpty() ? "\n" : "") + text);
    midLine = false;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_MAX
        ? text
        : text.substring(0, SHOWN_MAX) + "\n[" + (text.length() - SHOWN_MAX) + " more characters]";
  }
}
