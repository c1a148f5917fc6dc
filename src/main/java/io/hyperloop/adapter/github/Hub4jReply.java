package io.hyperloop.adapter.github;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/** A reply as hub4j takes it. */
final class Hub4jReply extends GitHubConnectorResponse {
  private final byte[] body;

  Hub4jReply(GitHubConnectorRequest request, Reply reply) {
    super(request, reply.status(), reply.headers().map());
    this.body = reply.body();
  }

  @Override
  protected InputStream rawBodyStream() {
    return new ByteArrayInputStream(body);
  }
}
