package io.hyperloop.adapter.github;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that GitHub can say have not changed, which it does not count. The newest of them, and
 * none that is large.
 */
final class KnownAnswers {
  private static final int ANSWERS_MAX = 500;
  private static final int BYTES_MAX = 256 << 10;

  private final Map<URI, Reply> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, Reply> eldest) {
          return size() > ANSWERS_MAX;
        }
      };

  /** What GitHub calls the answer that is known. */
  synchronized Optional<String> tag(URI uri) {
    return Optional.ofNullable(known.get(uri)).map(reply -> reply.header("ETag"));
  }

  /** The answer itself, where GitHub said that it has not changed. */
  synchronized Reply remembered(Reply reply) {
    Reply before = known.get(reply.uri());
    if (reply.status() == 304 && before != null) {
      return before;
    }
    if (reply.status() == 200
        && !reply.header("ETag").isEmpty()
        && reply.body().length <= BYTES_MAX) {
      known.put(reply.uri(), reply);
    } else {
      known.remove(reply.uri());
    }
    return reply;
  }
}
