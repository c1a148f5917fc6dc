package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.AnthropicInvalidDataException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextBlockParam;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolBash20250124;
import com.anthropic.models.messages.ToolTextEditor20250728;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One model to talk to: gives whole replies, streamed so that a long one is no silence. */
final class Model {
  /** More than this no honest reply has; what sends more never ends. */
  private static final int PIECES_MAX = 1_000_000;

  private static final long LENGTH_MAX = 16L << 20;

  private final AnthropicClient client;
  private final AnthropicSettings settings;
  private final String name;

  Model(AnthropicClient client, AnthropicSettings settings, String name) {
    this.client = client;
    this.settings = settings;
    this.name = name;
  }

  /** What stays the same in all requests of a conversation; cached by the service. */
  record Frame(String lasting, String particular, Tool report) {}

  String name() {
    return name;
  }

  /**
   * The reply to a conversation. A connection that breaks in the middle is tried again.
   *
   * @throws InterruptedException if the run is to end
   * @throws AnthropicException if there is no reply to be had; see {@link ApiFailures}
   */
  Message reply(Frame frame, List<MessageParam> conversation, ReplyTranscript transcript)
      throws InterruptedException {
    MessageCreateParams request = request(frame, conversation);
    long pauseMillis = settings.retryPause().toMillis();
    for (int attempt = 0; ; attempt++) {
      try {
        return stream(request, transcript);
      } catch (RuntimeException e) {
        throwIfInterrupted(e);
        if (attempt >= settings.retries() || !ApiFailures.passes(e)) {
          throw e;
        }
        transcript.say("the reply broke off; asking again");
      }
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      pauseMillis *= 2;
    }
  }

  private Message stream(MessageCreateParams request, ReplyTranscript transcript) {
    var whole = MessageAccumulator.create();
    long length = 0;
    int pieces = 0;
    boolean complete = false;
    try (StreamResponse<RawMessageStreamEvent> response =
        client.messages().createStreaming(request)) {
      Iterator<RawMessageStreamEvent> events = response.iterator();
      while (events.hasNext()) {
        RawMessageStreamEvent event = events.next();
        length += length(event);
        if (++pieces > PIECES_MAX || length > LENGTH_MAX) {
          throw new AnthropicInvalidDataException("the reply does not end", null);
        }
        RawMessageStreamEvent ignored = whole.accumulate(event);
        transcript.add(event);
        complete |= event.isMessageStop();
      }
    }
    if (!complete) {
      throw new com.anthropic.errors.AnthropicIoException("the reply was cut off", null);
    }
    Message message = whole.message();
    transcript.end(message);
    return message;
  }

  private static long length(RawMessageStreamEvent event) {
    return event
        .contentBlockDelta()
        .map(delta ->
            delta.delta().text().map(text -> text.text().length()).orElse(0)
                + delta.delta().inputJson().map(json -> json.partialJson().length()).orElse(0)
                + delta.delta().thinking().map(t -> t.thinking().length()).orElse(0))
        .orElse(0);
  }

  private MessageCreateParams request(Frame frame, List<MessageParam> conversation) {
    return MessageCreateParams.builder()
        .model(name)
        .maxTokens(settings.tokensMax())
        .systemOfTextBlockParams(
            List.of(
                TextBlockParam.builder()
                    .text(frame.lasting())
                    .cacheControl(CacheControlEphemeral.builder().build())
                    .build(),
                TextBlockParam.builder().text(frame.particular()).build()))
        .addTool(ToolBash20250124.builder().build())
        .addTool(ToolTextEditor20250728.builder().build())
        .addTool(frame.report())
        .messages(conversation)
        .build();
  }

  /** Whatever a broken-off call throws, it means that the run is to end. */
  private static void throwIfInterrupted(RuntimeException e) throws InterruptedException {
    boolean interrupted = Thread.interrupted();
    for (Throwable at = e; at != null; at = at.getCause()) {
      interrupted |=
          at instanceof InterruptedException
              || (at instanceof java.io.InterruptedIOException
                  && !(at instanceof java.net.SocketTimeoutException)
                  && "interrupted".equals(at.getMessage()));
    }
    if (interrupted) {
      throw new InterruptedException();
    }
  }
}
