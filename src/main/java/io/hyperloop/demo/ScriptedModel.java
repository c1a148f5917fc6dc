package io.hyperloop.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model that is a script: an HTTP server on 127.0.0.1 that speaks Anthropic's Messages API and
 * OpenAI's Responses API, streamed and not, and refuses what the real ones would refuse. It keeps
 * nothing between requests, so that any number of agents can share it.
 */
public final class ScriptedModel implements AutoCloseable {
  private static final int REQUEST_MAX = 32 << 20;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Script script;
  private final Duration thinking;

  private ScriptedModel(HttpServer server, Script script, Duration thinking) {
    this.server = server;
    this.script = script;
    this.thinking = thinking;
  }

  /**
   * Starts one on a free port.
   *
   * @param thinking how long it takes for each reply, so that people can watch; zero for none
   */
  public static ScriptedModel start(Script script, Duration thinking) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
      var model = new ScriptedModel(HttpServer.create(address, 0), script, thinking);
      model.server.createContext("/", model::handle);
      model.server.setExecutor(model.threads);
      model.server.start();
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException("the scripted model cannot listen on 127.0.0.1", e);
    }
  }

  /** For {@code ANTHROPIC_BASE_URL}; OpenAI's interface is below {@code /v1}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = exchange.getRequestMethod();
      if (method.equals("HEAD")) {
        exchange.sendResponseHeaders(200, -1);
      } else if (method.equals("POST") && path.endsWith("/messages/count_tokens")) {
        count(exchange);
      } else if (method.equals("POST") && path.startsWith("/v1/messages")) {
        answer(exchange, Dialect.MESSAGES);
      } else if (method.equals("POST") && path.equals("/v1/responses")) {
        answer(exchange, Dialect.RESPONSES);
      } else if (method.equals("GET") && path.equals("/v1/responses")) {
        // No web socket here: whoever asks for one takes the other way at once.
        exchange.sendResponseHeaders(426, -1);
      } else {
        refuse(exchange, Dialect.MESSAGES, 404, "not_found_error", "no such endpoint");
      }
    } catch (InterruptedException e) {
      // The server stops: whoever asked sees the connection close.
      Thread.currentThread().interrupt();
    }
  }

  private void count(HttpExchange exchange) throws IOException {
    JsonNode request = request(exchange, Dialect.MESSAGES);
    if (request == null) {
      return;
    }
    String fault = MessagesRequest.fault(request, true);
    if (!fault.isEmpty()) {
      refuse(exchange, Dialect.MESSAGES, 400, "invalid_request_error", fault);
      return;
    }
    byte[] count =
        ("{\"input_tokens\":" + MessagesReply.tokens(request.toString()) + "}")
            .getBytes(StandardCharsets.UTF_8);
    send(exchange, 200, count);
  }

  private void answer(HttpExchange exchange, Dialect dialect)
      throws IOException, InterruptedException {
    JsonNode request = request(exchange, dialect);
    if (request == null) {
      return;
    }
    String fault = dialect.fault(request);
    if (!fault.isEmpty()) {
      refuse(exchange, dialect, 400, "invalid_request_error", fault);
      return;
    }
    TimeUnit.NANOSECONDS.sleep(thinking.toNanos());
    send(exchange, dialect, request, script.reply(dialect.said(request)));
  }

  /** Null if it was refused. */
  private static @Nullable JsonNode request(HttpExchange exchange, Dialect dialect)
      throws IOException {
    JsonNode request;
    try {
      request = JSON.readTree(exchange.getRequestBody().readNBytes(REQUEST_MAX));
    } catch (JacksonException e) {
      String why = "the body is not JSON: " + e.getOriginalMessage();
      refuse(exchange, dialect, 400, "invalid_request_error", why);
      return null;
    }
    boolean credentials =
        exchange.getRequestHeaders().containsKey("X-api-key")
            || exchange.getRequestHeaders().containsKey("Authorization");
    if (!credentials) {
      refuse(exchange, dialect, 401, "authentication_error", "a key is required");
      return null;
    }
    return request;
  }

  private static void send(
      HttpExchange exchange, Dialect dialect, JsonNode request, Script.Reply reply)
      throws IOException {
    Dialect.Reply out = dialect.reply(request);
    boolean stream = request.path("stream").asBoolean(false);
    switch (reply) {
      case Script.Reply.Fail fail -> send(exchange, dialect, fail);
      case Script.Reply.Say say when stream -> {
        begin(exchange);
        exchange.getResponseBody().write(out.events(say));
      }
      case Script.Reply.Say say -> send(exchange, 200, out.whole(say));
      case Script.Reply.CutOff(String text) -> {
        begin(exchange);
        exchange.getResponseBody().write(out.beginning(text));
        exchange.getResponseBody().flush();
        // Thrown, not returned: then the server drops the connection without ending the reply.
        throw new IOException("cut off, as the script wants it");
      }
      case Script.Reply.Endless() -> {
        begin(exchange);
        exchange.getResponseBody().write(out.beginning("on and on"));
        byte[] piece = out.piece(" and on");
        while (!Thread.currentThread().isInterrupted()) {
          exchange.getResponseBody().write(piece);
          exchange.getResponseBody().flush();
        }
      }
    }
  }

  private static void begin(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
    exchange.sendResponseHeaders(200, 0);
  }

  private static void refuse(
      HttpExchange exchange, Dialect dialect, int status, String type, String why)
      throws IOException {
    send(exchange, dialect, new Script.Reply.Fail(status, type, why, Map.of()));
  }

  private static void send(HttpExchange exchange, Dialect dialect, Script.Reply.Fail fail)
      throws IOException {
    fail.headers().forEach(exchange.getResponseHeaders()::set);
    send(exchange, fail.status(), dialect.error(fail));
  }

  private static void send(HttpExchange exchange, int status, byte[] json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("request-id", "req_scripted");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
  }
}
