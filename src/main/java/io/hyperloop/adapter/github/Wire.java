package io.hyperloop.adapter.github;

import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * The one way to GitHub and back. Every request has a time limit, every answer a size limit; what
 * GitHub wants of its clients is done here: rests, and asking only for what changed.
 */
final class Wire implements GitHubConnector {
  /** What one answer may hold at most. */
  static final int ANSWER_MAX = 32 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Headers that hub4j sets, and that are set here or must not be. */
  private static final Set<String> OURS =
      Set.of("authorization", "user-agent", "accept-encoding", "if-none-match");

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final ApiAddress address;
  private final GitHubToken token;
  private final Rests rests;
  private final Refusals refusals;
  private final KnownAnswers known = new KnownAnswers();

  Wire(ApiAddress address, GitHubToken token, Rests rests, Refusals refusals) {
    this.address = address;
    this.token = token;
    this.rests = rests;
    this.refusals = refusals;
  }

  /**
   * Asks something.
   *
   * @param path below the root of REST, encoded, with a slash before it
   * @param json the body; null for none
   * @return what GitHub said, be it yes or one of the noes that depend on what was asked: 404, 405,
   *     409, 422
   * @throws PortFailure for all other noes, and if GitHub cannot be reached
   */
  Reply rest(String method, String path, @Nullable String json) {
    return bounded(method, URI.create(address.rest() + path), Map.of(), bytes(json));
  }

  private Reply bounded(
      String method, URI uri, Map<String, List<String>> headers, byte @Nullable [] body) {
    try {
      return send(method, uri, headers, body);
    } catch (TooMuch e) {
      throw e.failure();
    }
  }

  /**
   * Asks in GraphQL. As {@link #rest}.
   *
   * @throws TooMuch if less should be asked for
   */
  Reply graphQl(String json) {
    return send("POST", address.graphQl(), Map.of(), bytes(json));
  }

  private static byte @Nullable [] bytes(@Nullable String json) {
    return json == null ? null : json.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    try {
      URI uri = request.url().toURI();
      if (!uri.toString().startsWith(address.rest().toString())) {
        throw new IOException("GitHub points to somewhere else: " + uri.getHost());
      }
      InputStream given = request.body();
      byte[] body = request.hasBody() && given != null ? given.readAllBytes() : null;
      return new Hub4jReply(request, bounded(request.method(), uri, request.allHeaders(), body));
    } catch (URISyntaxException e) {
      throw new IOException("no address: " + request.url(), e);
    }
  }

  private Reply send(
      String method, URI uri, Map<String, List<String>> headers, byte @Nullable [] body) {
    rests.check();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
            .setHeader("Accept", "application/vnd.github+json")
            .setHeader("X-GitHub-Api-Version", "2022-11-28");
    headers.forEach((name, values) -> {
      if (!OURS.contains(name.toLowerCase(Locale.ROOT))) {
        request.setHeader(name, String.join(", ", values));
      }
    });
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    request.setHeader("User-Agent", "hyperloop").setHeader("Authorization", token.header());
    boolean look = method.equals("GET");
    if (look) {
      known.tag(uri).ifPresent(tag -> request.setHeader("If-None-Match", tag));
    }
    HttpResponse<byte[]> response = sent(request.build());
    var reply = new Reply(method, uri, response.statusCode(), response.headers(), response.body());
    rests.hear(reply);
    if (uri.equals(address.graphQl()) && (reply.status() == 502 || reply.status() == 504)) {
      // GitHub gives a query ten seconds, and says no more than this when they are over.
      throw new TooMuch(refusals.outOfOrder(reply));
    }
    refusals.judge(reply);
    return look ? known.remembered(reply) : reply;
  }

  private HttpResponse<byte[]> sent(HttpRequest request) {
    var handler = BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_MAX);
    return await(http.sendAsync(request, handler), request);
  }

  /**
   * The end of something that lies elsewhere, which is not to see the token.
   *
   * @param most how many bytes of its end
   */
  byte[] tailElsewhere(URI uri, int most) {
    boolean ours = uri.getHost() != null && uri.getHost().equals(address.rest().getHost());
    if (!"https".equals(uri.getScheme()) && !ours) {
      throw refusals.unreachable(
          "GitHub points to an address that is not safe", String.valueOf(uri.getHost()));
    }
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).setHeader("User-Agent", "hyperloop").build();
    HttpResponse<byte[]> response = await(http.sendAsync(request, Tail.of(most)), request);
    return response.statusCode() == 200 ? response.body() : new byte[0];
  }

  private <T> T await(CompletableFuture<T> answer, HttpRequest request) {
    String place = request.method() + " " + request.uri().getPath();
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw refusals.unreachable(
          "GitHub did not answer within " + PATIENCE.toSeconds() + " s", place);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusals.unreachable("asking GitHub was interrupted", place);
    } catch (ExecutionException e) {
      if (tooMuch(e)) {
        throw new TooMuch(refusals.tooMuch(place));
      }
      throw refusals.unreachable("GitHub cannot be reached: " + reason(e), place);
    } finally {
      var unused = answer.cancel(true);
    }
  }

  private static boolean tooMuch(ExecutionException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains("body exceeds capacity")) {
        return true;
      }
    }
    return false;
  }

  /** The exceptions of HttpClient often have no message of their own. */
  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (inner.getMessage() != null) {
        return inner.getMessage();
      }
    }
    return cause.getClass().getSimpleName();
  }

  /** Too much was asked for at once; less may be answered. */
  static final class TooMuch extends RuntimeException {
    private final transient PortFailure failure;

    TooMuch(PortFailure failure) {
      super(failure);
      this.failure = failure;
    }

    /** What it is where less cannot be asked for. */
    PortFailure failure() {
      return failure;
    }
  }
}
