package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.TextBlockParam;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said so far. Only the user's last turn is marked for the service's cache, anew in each
 * request, so that each request finds all that came before it there.
 */
final class Conversation {
  private final List<MessageParam> before = new ArrayList<>();
  private List<ContentBlockParam> lastTurn;

  Conversation(String prompt) {
    this.lastTurn = List.of(text(prompt));
  }

  /** As the API takes it. */
  List<MessageParam> messages() {
    var whole = new ArrayList<>(before);
    var marked = new ArrayList<>(lastTurn);
    marked.set(marked.size() - 1, cached(marked.getLast()));
    whole.add(MessageParam.ofUserOfContentBlockParams(marked));
    return whole;
  }

  /** Adds a reply that calls tools, and what came of the calls. */
  void add(Message reply, List<ContentBlockParam> results) {
    before.add(MessageParam.ofUserOfContentBlockParams(lastTurn));
    before.add(reply.toParam());
    lastTurn = results;
  }

  /**
   * Adds what a reply said, without the tools it calls, and asks for more: a call that was cut off
   * has no result, and the API refuses calls without one.
   */
  void goOn(Message reply, String request) {
    before.add(MessageParam.ofUserOfContentBlockParams(lastTurn));
    List<ContentBlockParam> said =
        reply.content().stream()
            .filter(block -> block.text().filter(text -> !text.text().isBlank()).isPresent())
            .map(ContentBlock::toParam)
            .toList();
    if (!said.isEmpty()) {
      before.add(MessageParam.ofAssistantOfContentBlockParams(said));
    }
    lastTurn = List.of(text(request));
  }

  private static ContentBlockParam cached(ContentBlockParam block) {
    var cache = CacheControlEphemeral.builder().build();
    return block
        .toolResult()
        .map(result ->
            ContentBlockParam.ofToolResult(result.toBuilder().cacheControl(cache).build()))
        .orElseGet(
            () -> ContentBlockParam.ofText(block.asText().toBuilder().cacheControl(cache).build()));
  }

  private static ContentBlockParam text(String text) {
    return ContentBlockParam.ofText(TextBlockParam.builder().text(text).build());
  }
}
