package io.hyperloop.adapter.agent;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a program's output apart into lines, each a JSON object, and passes them on as they come.
 * What a program prints may be anything: a line that is no object, too long or too deep is passed
 * on as text at most, and nothing that comes makes it fail.
 */
public final class JsonLines implements WorkerProcess.Sink {
  /** A tool's result can hold an image. */
  static final int LINE_MAX = 32 << 20;

  private static final int DEPTH_MAX = 200;

  /** What of a line that is no object is shown. */
  private static final int TEXT_MAX = 4_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(LINE_MAX)
                          .maxDocumentLength(LINE_MAX)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Reader reader;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** How long the present line has become, what is not kept of it included. */
  private long length;

  /** Gets what was read, one call at a time. */
  public interface Reader {
    /** An object on a line of its own. */
    void object(JsonNode object);

    /** Any other line that is not blank, without its end; cut if it is long. */
    void text(String line);
  }

  public JsonLines(Reader reader) {
    this.reader = reader;
  }

  @Override
  public synchronized void accept(byte[] bytes, int count) {
    int from = 0;
    for (int at = 0; at < count; at++) {
      if (bytes[at] == '\n') {
        add(bytes, from, at);
        over();
        from = at + 1;
      }
    }
    add(bytes, from, count);
  }

  /** The output is over: what came after its last line end is a line too. */
  public synchronized void end() {
    if (length > 0) {
      over();
    }
  }

  private void add(byte[] bytes, int from, int to) {
    length += to - from;
    int room = LINE_MAX - line.size();
    line.write(bytes, from, Math.min(room, to - from));
  }

  private void over() {
    byte[] whole = line.toByteArray();
    line.reset();
    boolean cut = length > whole.length;
    length = 0;
    JsonNode object = cut ? null : object(whole);
    if (object != null) {
      reader.object(object);
      return;
    }
    int shown = Math.min(whole.length, TEXT_MAX);
    String text = new String(whole, 0, shown, StandardCharsets.UTF_8).strip();
    if (!text.isEmpty()) {
      reader.text(shown < whole.length ? text + "..." : text);
    }
  }

  private static @Nullable JsonNode object(byte[] json) {
    if (json.length == 0) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(json);
      return node != null && node.isObject() ? node : null;
    } catch (JacksonException e) {
      return null;
    }
  }
}
