package io.hyperloop.adapter.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonLinesTest {
  private final List<String> objects = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final JsonLines lines =
      new JsonLines(
          new JsonLines.Reader() {
            @Override
            public void object(JsonNode object) {
              objects.add(object.toString());
            }

            @Override
            public void text(String line) {
              texts.add(line);
            }
          });

  @Test
  void aLineIsReadHoweverItsBytesArrive() {
    for (byte one : bytes("{\"a\":\"ü\"}\r\n{\"b\":2}\n")) {
      lines.accept(new byte[] {one}, 1);
    }

    assertThat(objects).containsExactly("{\"a\":\"ü\"}", "{\"b\":2}");
  }

  @Test
  void theLastLineNeedsNoEnd() {
    give("{\"a\":1}");
    lines.end();
    lines.end();

    assertThat(objects).containsExactly("{\"a\":1}");
  }

  @Test
  void whatIsNoObjectIsText() {
    give("hello\n\n[1]\n{\"a\":\n{\"a\":1} x\n\u0000\n");

    assertThat(objects).isEmpty();
    assertThat(texts).startsWith("hello", "[1]", "{\"a\":", "{\"a\":1} x");
  }

  @Test
  void nestingWithoutEndIsText() {
    give("{\"a\":" + "[".repeat(100_000) + "\n{\"b\":2}\n");

    assertThat(objects).containsExactly("{\"b\":2}");
    assertThat(texts).singleElement().satisfies(text -> assertThat(text).hasSizeLessThan(5_000));
  }

  @Test
  void aLineWithoutEndIsNotKept() {
    byte[] piece = bytes("x".repeat(1 << 20));
    for (int i = 0; i < 40; i++) {
      lines.accept(piece, piece.length);
    }
    give("\n{\"b\":2}\n");

    assertThat(objects).containsExactly("{\"b\":2}");
    assertThat(texts).singleElement().satisfies(text -> assertThat(text).hasSizeLessThan(5_000));
  }

  private void give(String text) {
    byte[] bytes = bytes(text);
    lines.accept(bytes, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
