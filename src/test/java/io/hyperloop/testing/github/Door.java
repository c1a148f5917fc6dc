package io.hyperloop.testing.github;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Where requests come in: who asks, whether GitHub understands it, what goes wrong on the way. */
final class Door {
  private static final int REQUEST_MAX = 8 << 20;
  private static final long PATIENCE_SECONDS = 60;
  private static final JsonMapper JSON = new JsonMapper();

  private final Forge forge;
  private final Faults faults;
  private final RequestLog requests;
  private final Map<String, Account> accounts;
  private final String below;

  Door(
      Forge forge,
      Faults faults,
      RequestLog requests,
      Map<String, Account> accounts,
      String below) {
    this.forge = forge;
    this.faults = faults;
    this.requests = requests;
    this.accounts = accounts;
    this.below = below;
  }

  void take(HttpExchange exchange) throws IOException, InterruptedException {
    Call call = call(exchange);
    requests.add(call.key());
    Fault fault = faults.of(call.key()).orElse(null);
    switch (fault) {
      case Fault.Cut() -> throw new IOException("cut, as the test wants it");
      case Fault.Says says -> {
        Map<String, Object> body = Answer.object("message", says.message());
        send(exchange, call, new Answer(says.status(), body, says.headers()));
        return;
      }
      case Fault.Json json -> {
        send(exchange, call, new Answer(json.status(), json.body(), json.headers()));
        return;
      }
      case Fault.Huge(long bytes) -> {
        flood(exchange, bytes);
        return;
      }
      case Fault.Waits waits -> {
        var unused = waits.until().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      case Fault.LostAnswer _ -> {
        // Below, when it is done.
      }
      case null -> {
        // All is well.
      }
    }
    Answer answer = answer(exchange, call);
    if (fault instanceof Fault.LostAnswer) {
      throw new IOException("cut after it was done, as the test wants it");
    }
    send(exchange, call, answer);
  }

  private Call call(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String method = exchange.getRequestMethod();
    String path = uri.getRawPath();
    if (!below.isEmpty()) {
      path = path.equals("/api/graphql") ? "/graphql" : path.replaceFirst("^/api/v3", "");
    }
    OpenApiRules rules = OpenApiRules.published();
    String route =
        path.equals("/graphql") || path.startsWith("/_logs/") ? path : rules.route(method, path);
    Map<String, String> places =
        route.startsWith("/repos") ? rules.places(route, path) : Map.<String, String>of();
    byte[] bytes = exchange.getRequestBody().readNBytes(REQUEST_MAX);
    return new Call(
        method,
        path,
        route,
        places,
        Call.query(uri.getRawQuery()),
        body(bytes),
        account(exchange.getRequestHeaders()),
        root(exchange));
  }

  private String root(HttpExchange exchange) {
    return "http://127.0.0.1:"
        + exchange.getLocalAddress().getPort()
        + (below.isEmpty() ? "" : below + "/v3");
  }

  private JsonNode body(byte[] bytes) {
    if (bytes.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(bytes);
    } catch (JacksonException e) {
      requests.fault("a body is not JSON: " + e.getOriginalMessage());
      return MissingNode.getInstance();
    }
  }

  private @Nullable Account account(Headers headers) {
    String given = headers.getFirst("Authorization");
    return given == null ? null : accounts.get(given.replaceFirst("(?i)^(token|bearer) ", ""));
  }

  private Answer answer(HttpExchange exchange, Call call) {
    if (exchange.getRequestHeaders().getFirst("User-Agent") == null) {
      requests.fault(call.key() + ": GitHub wants to know the User-Agent");
    }
    if (call.path().startsWith("/_logs/")) {
      return log(exchange, call);
    }
    if (call.account() == null) {
      return Answer.no(new Refusal(401, "Bad credentials"));
    }
    synchronized (forge) {
      forge.follow();
      if (call.route().equals("/graphql")) {
        return new GraphQlApi(forge, call.who(), requests).answer(call.body());
      }
      OpenApiRules.published().faults(call).forEach(requests::fault);
      try {
        Answer answer = new Rest(forge).answer(call);
        OpenApiRules.published().faults(call, answer).forEach(requests::fault);
        return answer;
      } catch (Refusal refusal) {
        return Answer.no(refusal);
      }
    }
  }

  /** Where logs lie belongs to somebody else, who must not see the token. */
  private Answer log(HttpExchange exchange, Call call) {
    if (exchange.getRequestHeaders().containsKey("Authorization")) {
      requests.fault("the token was sent to where logs lie");
    }
    long id = Long.parseLong(call.path().substring("/_logs/".length()));
    return Answer.ok(forge.ci.byId(id).map(Check::log).orElse(""));
  }

  private void send(HttpExchange exchange, Call call, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("X-GitHub-Request-Id", "0000:DOUBLE");
    Map.of("Limit", "5000", "Remaining", "4999", "Used", "1", "Reset", "4102444800")
        .forEach((name, value) -> headers.set("X-RateLimit-" + name, value));
    headers.set("X-RateLimit-Resource", call.route().equals("/graphql") ? "graphql" : "core");
    if (call.account() != null) {
      headers.set("X-OAuth-Scopes", String.join(", ", call.account().scopes()));
      headers.set("X-Accepted-OAuth-Scopes", call.route().startsWith("/repos") ? "repo" : "");
    }
    answer.headers().forEach(headers::set);
    boolean text = answer.body() instanceof String;
    headers.set("Content-Type", text ? "text/plain" : "application/json; charset=utf-8");
    byte[] body =
        switch (answer.body()) {
          case null -> new byte[0];
          case String plain -> plain.getBytes(StandardCharsets.UTF_8);
          case Object json -> JSON.writeValueAsBytes(json);
        };
    if (call.method().equals("GET") && answer.status() == 200) {
      String tag = "W/\"" + tag(body) + "\"";
      headers.set("ETag", tag);
      if (List.of(tag).equals(exchange.getRequestHeaders().get("If-None-Match"))) {
        requests.unchanged();
        exchange.sendResponseHeaders(304, -1);
        return;
      }
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String tag(byte[] body) {
    try {
      return HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(body));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void flood(HttpExchange exchange, long bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    byte[] piece = "\"xxxxxxxxxxxxxx\",".repeat(4096).getBytes(StandardCharsets.UTF_8);
    OutputStream out = exchange.getResponseBody();
    out.write('[');
    for (long sent = 0; sent < bytes; sent += piece.length) {
      out.write(piece);
    }
    out.write("0]".getBytes(StandardCharsets.UTF_8));
  }
}
