package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.hyperloop.adapter.agent.Monitor;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.domain.Usage;
import java.util.Locale;

/** Writes replies of the Messages API down as they come, and adds up what they used. */
final class ReplyTranscript {
  private final Transcript transcript;
  private final Monitor monitor;
  private final String model;
  private Usage used = Usage.NONE;

  ReplyTranscript(Transcript transcript, Monitor monitor, String model) {
    this.transcript = transcript;
    this.monitor = monitor;
    this.model = model;
  }

  /** A piece of a reply. */
  void add(RawMessageStreamEvent event) {
    monitor.stirred();
    event
        .contentBlockDelta()
        .flatMap(delta -> delta.delta().text())
        .ifPresent(text -> transcript.text(text.text()));
    if (event.isContentBlockStop()) {
      transcript.endOfText();
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
    transcript.call(tool, argument);
  }

  void result(ToolResult result) {
    transcript.result(result.text(), result.error());
  }

  void say(String text) {
    transcript.say(text);
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
}
