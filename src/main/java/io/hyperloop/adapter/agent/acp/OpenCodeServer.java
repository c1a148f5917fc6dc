package io.hyperloop.adapter.agent.acp;

import io.hyperloop.adapter.agent.Harness.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The server that {@code opencode acp} opens on loopback for its own use. It tells what OpenCode
 * does not tell by the protocol: that it waits for the provider and until when, and what a session
 * has cost, reply by reply. It is given a port and a password of ours.
 */
final class OpenCodeServer implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER = Duration.ofSeconds(1);
  private static final Duration EVERY = Duration.ofMillis(500);

  /** It may be busy while a session is opened. */
  private static final int TRIES = 3;

  private static final int BODY_MAX = 1 << 20;

  private final int port;
  private final String password = UUID.randomUUID().toString();
  private final CountDownLatch over = new CountDownLatch(1);
  private final InstantSource clock;
  private volatile @Nullable Watch watch;

  private record Watch(
      String session, Path directory, AcpUsage usage, Consumer<Ending.Broken> ended) {}

  private OpenCodeServer(int port, InstantSource clock) {
    this.port = port;
    this.clock = clock;
  }

  /** Null if that command starts something else, or says itself where it is to listen. */
  static @Nullable OpenCodeServer of(List<String> command, InstantSource clock) throws IOException {
    boolean opencode = command.stream().anyMatch(word -> word.matches("(.*/)?opencode"));
    boolean port = command.stream().anyMatch(word -> word.startsWith("--port"));
    if (!opencode || port || !command.contains("acp")) {
      return null;
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return new OpenCodeServer(socket.getLocalPort(), clock);
    }
  }

  List<String> command(List<String> command) {
    var all = new ArrayList<>(command);
    all.add("--port=" + port);
    return all;
  }

  Map<String, String> environment(Map<String, String> environment) {
    var all = new TreeMap<>(environment);
    all.remove("OPENCODE_SERVER_USERNAME");
    all.put("OPENCODE_SERVER_PASSWORD", password);
    return all;
  }

  /**
   * Looks after a session from now on.
   *
   * @param resumed whether it has cost something before
   * @param ended told if the session has nothing to expect but waiting
   */
  void watch(
      String session,
      boolean resumed,
      Path directory,
      AcpUsage usage,
      Consumer<Ending.Broken> ended) {
    var now = new Watch(session, directory, usage, ended);
    List<JsonNode> before = List.of();
    for (int i = 0; resumed && before.isEmpty() && i < TRIES; i++) {
      before = session(now);
    }
    usage.before(before);
    watch = now;
    Thread.ofVirtual().name("sessions of opencode at " + port).start(this::follow);
  }

  private void follow() {
    try {
      while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once; what cannot be seen is seen next time. */
  void look() {
    Watch looked = watch;
    if (looked == null) {
      return;
    }
    looked.usage().session(session(looked));
    JsonNode status = get(looked, "/session/status").path(looked.session());
    if (status.path("type").asString("").equals("retry")) {
      Instant next = Instant.ofEpochMilli(status.path("next").asLong(0));
      Ending.Broken broken =
          AcpFailures.waits(
              status.path("message").asString(""),
              status.path("attempt").asInt(0),
              next,
              clock.instant());
      if (broken != null) {
        looked.ended().accept(broken);
      }
    }
  }

  /** The session, and those that it has opened for agents of its own. */
  private List<JsonNode> session(Watch looked) {
    JsonNode own = get(looked, "/session/" + looked.session());
    if (!own.path("tokens").isObject()) {
      return List.of();
    }
    var all = new ArrayList<JsonNode>(List.of(own));
    all.addAll(get(looked, "/session/" + looked.session() + "/children").values());
    return all;
  }

  private JsonNode get(Watch looked, String path) {
    String directory = URLEncoder.encode(looked.directory().toString(), StandardCharsets.UTF_8);
    String credentials =
        Base64.getEncoder()
            .encodeToString(("opencode:" + password).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + path + "?directory=" + directory))
            .header("Authorization", "Basic " + credentials)
            .timeout(ANSWER)
            .build();
    try {
      HttpResponse<InputStream> answer =
          HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        return answer.statusCode() == 200
            ? JSON.readTree(body.readNBytes(BODY_MAX))
            : MissingNode.getInstance();
      }
    } catch (IOException | JacksonException e) {
      // Not yet there, busy, or gone.
      return MissingNode.getInstance();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    over.countDown();
  }
}
