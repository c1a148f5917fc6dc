package io.hyperloop.adapter.agent.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditorToolTest {
  @TempDir Path root;
  private Path tree;
  private Path secret;

  @BeforeEach
  void begin() throws IOException {
    tree = Files.createDirectories(root.resolve("tree"));
    secret = Files.writeString(root.resolve("secret"), "top secret");
    Files.writeString(tree.resolve("poem.txt"), "one\ntwo\nthree\n");
  }

  @Test
  void aFileIsShownWithLineNumbers() {
    assertThat(edit(Map.of("command", "view", "path", "poem.txt", "view_range", List.of(2, 3))))
        .isEqualTo(ToolResult.ok("     2\ttwo\n     3\tthree\n"));
  }

  @Test
  void aDirectoryIsListed() throws IOException {
    Files.createDirectories(tree.resolve("src/deep/deeper"));

    assertThat(edit(Map.of("command", "view", "path", tree.toString())).text())
        .isEqualTo("poem.txt\nsrc/\nsrc/deep/");
  }

  @Test
  void aFileIsMadeWithItsFolders() {
    assertThat(edit(Map.of("command", "create", "path", "a/b/c.txt", "file_text", "x")).error())
        .isFalse();
    assertThat(tree.resolve("a/b/c.txt")).hasContent("x");
  }

  @Test
  void aTextThatOccursOnceIsReplaced() {
    assertThat(replace("two", "2").error()).isFalse();
    assertThat(tree.resolve("poem.txt")).hasContent("one\n2\nthree\n");
  }

  @Test
  void aTextThatOccursTwiceOrNeverIsNot() {
    assertThat(replace("e", "x").text()).contains("more than once");
    assertThat(replace("four", "x").text()).contains("does not occur");
    assertThat(replace("", "x").error()).isTrue();
    assertThat(tree.resolve("poem.txt")).hasContent("one\ntwo\nthree\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void linesAreInserted(int line) throws IOException {
    assertThat(insert(line).error()).isFalse();

    assertThat(Files.readAllLines(tree.resolve("poem.txt")))
        .hasSize(4)
        .element(line)
        .isEqualTo("new");
  }

  @Test
  void linesAreNotInsertedBeyondTheEnd() {
    assertThat(insert(4).error()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret",
        "/etc/passwd",
        "a/../../secret",
        ".git",
        ".git/config",
        "out/x",
        "link"
      })
  void nothingOutsideOfTheWorkTreeIsTouched(String path) throws IOException {
    Files.createDirectories(tree.resolve(".git"));
    Files.createSymbolicLink(tree.resolve("out"), root);
    Files.createSymbolicLink(tree.resolve("link"), secret);

    ToolResult viewed = edit(Map.of("command", "view", "path", path));
    ToolResult created = edit(Map.of("command", "create", "path", path, "file_text", "mine"));

    assertThat(viewed.error()).isTrue();
    assertThat(created.error()).isTrue();
    assertThat(viewed.text()).doesNotContain("top secret");
    assertThat(secret).hasContent("top secret");
    assertThat(root.resolve("x")).doesNotExist();
  }

  @Test
  void aDanglingLinkIsNotWrittenThrough() throws IOException {
    Files.createSymbolicLink(tree.resolve("dangling"), root.resolve("elsewhere"));

    assertThat(edit(Map.of("command", "create", "path", "dangling", "file_text", "x")).error())
        .isTrue();
    assertThat(root.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void whatIsNoTextIsLeftAsItIs() throws IOException {
    byte[] bytes = {(byte) 0xff, 0, 1, (byte) 0xfe};
    Files.write(tree.resolve("image"), bytes);

    assertThat(edit(Map.of("command", "view", "path", "image")).text()).contains("not a text file");
  }

  @Test
  void argumentsOfAnyShapeAreRefusedInWords() {
    assertThat(edit(Map.of("command", 7)).error()).isTrue();
    assertThat(edit(Map.of()).error()).isTrue();
    assertThat(edit(Map.of("command", "dance", "path", "poem.txt")).error()).isTrue();
    assertThat(edit(Map.of("command", "view", "path", "a\0b")).error()).isTrue();
    assertThat(edit(Map.of("command", "view", "path", "poem.txt", "view_range", "1-2")).error())
        .isTrue();
  }

  private ToolResult replace(String from, String to) {
    return edit(
        Map.of("command", "str_replace", "path", "poem.txt", "old_str", from, "new_str", to));
  }

  private ToolResult insert(int line) {
    return edit(
        Map.of("command", "insert", "path", "poem.txt", "insert_line", line, "insert_text", "new"));
  }

  private ToolResult edit(Map<String, Object> input) {
    try {
      return new EditorTool(tree).run(new ToolInput(input));
    } catch (ToolInput.Unusable e) {
      return ToolResult.error("" + e.getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
