package io.hyperloop.adapter.agent.anthropic;

import com.anthropic.bedrock.backends.BedrockBackend;
import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.Timeout;
import com.anthropic.vertex.backends.VertexBackend;
import com.google.auth.oauth2.GoogleCredentials;
import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** The SDK's client for an account. */
final class AnthropicClients {
  /** The API sends a ping at least this often while it thinks. */
  private static final Duration SILENCE = Duration.ofMinutes(3);

  private static final Duration REQUEST = Duration.ofMinutes(20);
  private static final String API = "https://api.anthropic.com";

  private AnthropicClients() {}

  /**
   * A client; connects only when used.
   *
   * @param environment for the proxy variables
   * @throws PortFailure of kind ENVIRONMENT if the credentials of a cloud cannot be found
   */
  static AnthropicClient of(
      AnthropicAccount account, Map<String, String> environment, int retries) {
    var builder =
        AnthropicOkHttpClient.builder()
            .maxRetries(retries)
            .timeout(
                Timeout.builder()
                    .connect(Duration.ofSeconds(20))
                    .read(SILENCE)
                    .write(Duration.ofMinutes(1))
                    .request(REQUEST)
                    .build());
    String url = API;
    try {
      switch (account) {
        case AnthropicAccount.Api api -> {
          url = api.baseUrl().orElse(API);
          builder.baseUrl(url);
          if (api.isToken()) {
            builder.authToken(api.secret());
          } else {
            builder.apiKey(api.secret());
          }
        }
        case AnthropicAccount.Vertex vertex -> builder.backend(backend(vertex));
        case AnthropicAccount.Bedrock bedrock ->
            builder.backend(
                BedrockBackend.builder().fromEnv().region(Region.of(bedrock.region())).build());
      }
    } catch (IOException | RuntimeException e) {
      throw new PortFailure(
          new Problem(
              Problem.Kind.ENVIRONMENT,
              Problem.Scope.HARNESS,
              "the credentials cannot be used: " + e.getMessage(),
              account.payer(),
              "log in to the cloud, or use ANTHROPIC_API_KEY"),
          e);
    }
    proxy(url, environment).ifPresent(builder::proxy);
    return builder.build();
  }

  private static VertexBackend backend(AnthropicAccount.Vertex vertex) throws IOException {
    var builder =
        VertexBackend.builder()
            .googleCredentials(
                GoogleCredentials.getApplicationDefault()
                    .createScoped("https://www.googleapis.com/auth/cloud-platform"))
            .project(vertex.project())
            .region(vertex.region());
    vertex.baseUrl().ifPresent(builder::baseUrl);
    return builder.build();
  }

  /** As curl reads the variables; the JVM itself does not look at them. */
  static Optional<Proxy> proxy(String url, Map<String, String> environment) {
    String host = Optional.ofNullable(URI.create(url).getHost()).orElse("");
    boolean local = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    String variable = url.startsWith("https:") ? "https_proxy" : "http_proxy";
    String value =
        either(environment, variable).or(() -> either(environment, "all_proxy")).orElse("");
    if (local || value.isEmpty() || isExempt(host, either(environment, "no_proxy").orElse(""))) {
      return Optional.empty();
    }
    URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    Proxy.Type type =
        String.valueOf(proxy.getScheme()).startsWith("socks") ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
    return Optional.ofNullable(proxy.getHost())
        .map(name -> new Proxy(type, new InetSocketAddress(name, port)));
  }

  private static boolean isExempt(String host, String noProxy) {
    for (String entry : noProxy.split(",", -1)) {
      String name = entry.strip();
      String suffix = name.startsWith(".") ? name : "." + name;
      if (name.equals("*") || (!name.isEmpty() && ("." + host).endsWith(suffix))) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> either(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toUpperCase(java.util.Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }
}
