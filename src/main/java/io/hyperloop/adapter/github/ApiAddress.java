package io.hyperloop.adapter.github;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Where GitHub is: github.com, GitHub Enterprise Server, or GitHub Enterprise Cloud on a domain of
 * its own.
 *
 * @param rest without a slash at its end
 * @param web host, and port if it has one, of the pages and of git, such as {@code github.com}
 */
public record ApiAddress(URI rest, URI graphQl, String web) {
  private static final String PUBLIC = "https://api.github.com";

  /**
   * As the environment has it: {@code GITHUB_API_URL}, else {@code GH_HOST}, else github.com.
   *
   * @throws PortFailure of kind USER if that is no address that a token may be sent to
   */
  public static ApiAddress from(Map<String, String> environment) {
    String given = environment.getOrDefault("GITHUB_API_URL", "").strip();
    String host = environment.getOrDefault("GH_HOST", "").strip();
    if (given.isEmpty()) {
      return of(host.isEmpty() || host.equals("github.com") ? PUBLIC : ofHost(host));
    }
    return of(given);
  }

  private static String ofHost(String host) {
    return host.endsWith(".ghe.com") ? "https://api." + host : "https://" + host + "/api/v3";
  }

  /**
   * By the address of REST.
   *
   * @throws PortFailure of kind USER if that is no address that a token may be sent to
   */
  public static ApiAddress of(String address) {
    URI rest;
    try {
      rest = URI.create(address.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw unfit(address, "is no address");
    }
    if (rest.getHost() == null || rest.getRawUserInfo() != null || rest.getRawQuery() != null) {
      throw unfit(rest.getHost() == null ? address : rest.getHost(), "must be like " + PUBLIC);
    }
    boolean loopback = rest.getHost().equals("127.0.0.1") || rest.getHost().equals("localhost");
    if (!"https".equals(rest.getScheme()) && !("http".equals(rest.getScheme()) && loopback)) {
      throw unfit(address, "must begin with https://, since a token is sent there");
    }
    String path = rest.getPath() == null ? "" : rest.getPath();
    String graphQl =
        path.endsWith("/api/v3")
            ? path.substring(0, path.length() - "/v3".length()) + "/graphql"
            : path + "/graphql";
    return new ApiAddress(rest, rest.resolve(graphQl), web(rest));
  }

  private static String web(URI rest) {
    String host = rest.getHost().toLowerCase(Locale.ROOT);
    boolean cloud = host.equals("api.github.com") || host.endsWith(".ghe.com");
    String name = cloud && host.startsWith("api.") ? host.substring("api.".length()) : host;
    return rest.getPort() < 0 ? name : name + ":" + rest.getPort();
  }

  /** Whether it is somebody's own server. */
  boolean enterprise() {
    return !web.equals("github.com") && !web.endsWith(".ghe.com");
  }

  private static PortFailure unfit(String what, String why) {
    return new PortFailure(
        Problem.user(
            "the address of GitHub " + why,
            "GITHUB_API_URL: " + what,
            "set GITHUB_API_URL to https://HOST/api/v3 for GitHub Enterprise Server, or unset it"));
  }
}
