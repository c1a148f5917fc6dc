package io.hyperloop.adapter.agent.acp;

import com.agentclientprotocol.sdk.json.TypeRef;
import com.agentclientprotocol.sdk.spec.AcpClientTransport;
import com.agentclientprotocol.sdk.spec.AcpSchema;
import com.agentclientprotocol.sdk.spec.AcpSchema.JSONRPCMessage;
import io.hyperloop.adapter.agent.JsonLines;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two pipes of an agent's process. What is heard is passed on by whoever reads it; what is said
 * waits in a queue for a writer of its own, so that an agent that does not listen never keeps us
 * from hearing it. Messages keep their content as JSON trees, since an agent may say more than we
 * know.
 */
final class ProcessTransport implements AcpClientTransport, JsonLines.Reader, AutoCloseable {
  /** Answers to an agent that asks and does not listen. */
  private static final int WAITING_MAX = 1_000;

  private static final JsonMapper JSON = new JsonMapper();

  /** What no message is. */
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Runnable stirred;
  private final Consumer<String> words;
  private final Runnable deaf;
  private volatile @Nullable Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler;

  /**
   * For a process that is yet to be started.
   *
   * @param stirred told of every line
   * @param words takes lines that are no JSON objects
   * @param deaf told if the agent no longer listens
   */
  ProcessTransport(Runnable stirred, Consumer<String> words, Runnable deaf) {
    this.stirred = stirred;
    this.words = words;
    this.deaf = deaf;
  }

  /** From now on it is written to. */
  void open(OutputStream input, String name) {
    // Not a virtual thread: a write to a pipe that is full holds its carrier.
    Thread writer =
        Thread.ofPlatform().daemon().name("input of " + name).unstarted(() -> write(input));
    writer.start();
  }

  private void write(OutputStream input) {
    try (input) {
      for (byte[] line = waiting.take(); line.length > 0; line = waiting.take()) {
        input.write(line);
        input.flush();
      }
    } catch (IOException e) {
      // It has closed its input or is gone, which its end will tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void object(JsonNode line) {
    stirred.run();
    JSONRPCMessage message = message(line);
    var handled = handler;
    if (message != null && handled != null) {
      handled.apply(Mono.just(message)).subscribe(answer -> {}, failure -> {});
    }
  }

  @Override
  public void text(String line) {
    stirred.run();
    words.accept(line);
  }

  /** Null if it is none. */
  private static @Nullable JSONRPCMessage message(JsonNode line) {
    JsonNode id = line.path("id");
    boolean named = id.isString() || id.isNumber();
    if (line.path("method").isString()) {
      String method = line.path("method").stringValue();
      return named
          ? new AcpSchema.JSONRPCRequest(method, id, line.path("params"))
          : new AcpSchema.JSONRPCNotification(method, line.path("params"));
    }
    if (!id.isString()) {
      // Not to one of our questions, whose ids are strings.
      return null;
    }
    JsonNode error = line.path("error");
    if (error.isObject()) {
      return new AcpSchema.JSONRPCResponse(
          AcpSchema.JSONRPC_VERSION,
          id.stringValue(),
          null,
          new AcpSchema.JSONRPCError(
              error.path("code").asInt(0), error.path("message").asString(""), error.path("data")));
    }
    JsonNode result = line.path("result");
    return new AcpSchema.JSONRPCResponse(
        AcpSchema.JSONRPC_VERSION,
        id.stringValue(),
        result.isObject() ? result : JsonNodeFactory.instance.objectNode(),
        null);
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    this.handler = handler;
    return Mono.empty();
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.fromRunnable(() -> {
      byte[] line =
          (JSON.writeValueAsString(tree(message)) + "\n").getBytes(StandardCharsets.UTF_8);
      if (!waiting.offer(line)) {
        deaf.run();
      }
    });
  }

  private static ObjectNode tree(JSONRPCMessage message) {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    tree.put("jsonrpc", AcpSchema.JSONRPC_VERSION);
    switch (message) {
      case AcpSchema.JSONRPCRequest request -> {
        tree.set("id", JSON.valueToTree(request.id()));
        tree.put("method", request.method());
        tree.set("params", JSON.valueToTree(request.params()));
      }
      case AcpSchema.JSONRPCNotification notification -> {
        tree.put("method", notification.method());
        tree.set("params", JSON.valueToTree(notification.params()));
      }
      case AcpSchema.JSONRPCResponse response -> {
        tree.set("id", JSON.valueToTree(response.id()));
        AcpSchema.JSONRPCError error = response.error();
        if (error == null) {
          tree.set("result", JSON.valueToTree(response.result()));
        } else {
          tree.putObject("error").put("code", error.code()).put("message", error.message());
        }
      }
    }
    return tree;
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return JSON.convertValue(data, JSON.constructType(type.getType()));
  }

  /** What is waiting is still said, then the agent's input is at its end. */
  @Override
  public void close() {
    if (!waiting.offer(END)) {
      waiting.clear();
      boolean ignored = waiting.offer(END);
    }
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(this::close);
  }
}
