package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.hyperloop.adapter.agent.AgentLog;
import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.domain.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a conversation down as it happens, for people who follow the log. */
final class Transcript {
  private static final int SHOWN_MAX = 4_000;

  private final AgentLog log;
  private final Monitor monitor;
  private final String model;
  private boolean midLine;
  private Usage used = Usage.NONE;

  Transcript(AgentLog log, Monitor monitor, String model) {
    this.log = log;
    this.monitor = monitor;
    this.model = model;
  }

  /** A piece of a reply. */
  void add(RawMessageStreamEvent event) {
    monitor.stirred();
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
    var counted = reply.usage();
    used =
        used.plus(
            new Usage(
                counted.inputTokens(),
                counted.cacheReadInputTokens().orElse(0L),
                counted.cacheCreationInputTokens().orElse(0L),
                counted.outputTokens(),
                0,
                Usage.Basis.UNPRICED));
    monitor.used(model, used);
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
            used.input() + used.cacheWrite(),
            used.cacheRead(),
            used.output()));
  }

  private void line(String text) {
    monitor.stirred();
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
