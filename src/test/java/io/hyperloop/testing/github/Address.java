package io.hyperloop.testing.github;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of the API. */
final class Address {
  private Address() {}

  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
