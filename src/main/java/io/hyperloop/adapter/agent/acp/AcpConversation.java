package io.hyperloop.adapter.agent.acp;

import com.agentclientprotocol.sdk.json.TypeRef;
import com.agentclientprotocol.sdk.spec.AcpClientSession;
import com.agentclientprotocol.sdk.spec.AcpClientSession.AcpError;
import com.agentclientprotocol.sdk.spec.AcpSchema;
import io.hyperloop.adapter.agent.Harness.Ending;
import io.hyperloop.adapter.agent.Transcript;
import io.hyperloop.domain.Breakage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Questions to an agent and answers to its own. A question is over when it is answered, or when
 * something ends the conversation as a whole.
 */
final class AcpConversation implements AutoCloseable {
  /** Others watch the time. */
  private static final Duration NEVER = Duration.ofDays(3650);

  private static final TypeRef<JsonNode> TREE = new TypeRef<>() {};

  private final AcpClientSession client;
  private final Transcript transcript;
  private final CompletableFuture<Ending.Broken> over = new CompletableFuture<>();
  private volatile boolean rejected;

  AcpConversation(ProcessTransport transport, AcpUpdates updates, Transcript transcript) {
    this.transcript = transcript;
    this.client =
        new AcpClientSession(
            NEVER,
            transport,
            Map.of(
                AcpSchema.METHOD_SESSION_REQUEST_PERMISSION,
                request -> permission((JsonNode) request),
                AcpSchema.METHOD_ELICITATION_CREATE,
                request -> elicitation((JsonNode) request)),
            Map.of(
                AcpSchema.METHOD_SESSION_UPDATE,
                update -> Mono.fromRunnable(() -> updates.take((JsonNode) update))),
            connection -> connection);
  }

  /** What an agent answered instead of a result. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refused(int code, String words) {
      super(words);
      this.code = code;
    }

    int code() {
      return code;
    }

    String words() {
      return String.valueOf(getMessage());
    }
  }

  /** The conversation was ended from outside. */
  static final class Over extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Ending.Broken ending;

    Over(Ending.Broken ending) {
      super(ending.detail());
      this.ending = ending;
    }

    Ending.Broken ending() {
      return ending;
    }
  }

  /** Asks, and waits for the answer. */
  JsonNode ask(String method, Map<String, ?> params) throws Refused, Over, InterruptedException {
    CompletableFuture<JsonNode> answer = client.sendRequest(method, params, TREE).toFuture();
    try {
      CompletableFuture<Object> first = CompletableFuture.anyOf(answer, over);
      Object ignored = first.get();
      // An answer that came just before the end counts.
      if (answer.isDone()) {
        return answer.get();
      }
      throw new Over(over.join());
    } catch (ExecutionException e) {
      throw refused(e.getCause());
    }
  }

  private static Refused refused(@Nullable Throwable cause) {
    if (cause instanceof AcpError error) {
      String data =
          error.getData() instanceof JsonNode node && !node.isMissingNode() && !node.isNull()
              ? " " + node
              : "";
      return new Refused(error.getCode(), error.getError().message() + data);
    }
    return new Refused(0, String.valueOf(cause));
  }

  /** Tells without waiting. */
  void tell(String method, Map<String, ?> params) {
    client.sendNotification(method, params).subscribe(nothing -> {}, failure -> {});
  }

  /** Ends it from outside, with the first end that is given. */
  void end(Ending.Broken how) {
    over.complete(how);
  }

  /** Whether the agent was denied a permission, since it offered no other choice. */
  boolean rejected() {
    return rejected;
  }

  private Mono<Object> permission(JsonNode request) {
    Permissions permissions = Permissions.answer(request);
    String title = request.path("toolCall").path("title").asString("a tool");
    transcript.say((permissions.allowed() ? "permitted: " : "not permitted: ") + title);
    if (!permissions.allowed()) {
      rejected = true;
    }
    return Mono.just(permissions.outcome());
  }

  private Mono<Object> elicitation(JsonNode request) {
    String message = request.path("message").asString("");
    end(new Ending.Broken(Breakage.NEEDS_INPUT, "the agent asks a person: " + message));
    return Mono.just(Map.of("action", "cancel"));
  }

  @Override
  public void close() {
    client.close();
  }

  static List<Map<String, String>> text(String text) {
    return List.of(Map.of("type", "text", "text", text));
  }
}
