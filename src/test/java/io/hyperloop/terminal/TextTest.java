package io.hyperloop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void anEscapeSequenceOfAnAgentsIsSpelledOut() {
    assertThat(Text.line("\u001b[2Jgone\u0007")).isEqualTo("\\x1b[2Jgone\\x07");
    assertThat(Text.line("\u009b31m")).isEqualTo("\\x9b31m");
  }

  @Test
  void textThatTurnsTheOrderAroundIsSpelledOut() {
    assertThat(Text.line("a\u202eb\u2066c\u200bd")).isEqualTo("a\\u202eb\\u2066c\\u200bd");
  }

  @Test
  void aLineHasNoBreaks() {
    assertThat(Text.line("one\ntwo\r\nthree\u2028four\tfive"))
        .isEqualTo("one two three\\u2028four five");
  }

  @Test
  void aBlockKeepsItsBreaks() {
    assertThat(Text.block("one\r\n\ttwo\rthree")).isEqualTo("one\n    two\\x0dthree");
  }

  @Test
  void halfACharacterIsSpelledOut() {
    assertThat(Text.line("a\ud800b")).isEqualTo("a\\ud800b");
  }

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(Text.width("漢字")).isEqualTo(4);
    assertThat(Text.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void whatIsCutNeverGetsWiderThanAsked() {
    assertThat(Text.fit("漢字漢字", 6)).isEqualTo("漢字~");
    assertThat(Text.fit("漢字漢字", 8)).isEqualTo("漢字漢字");
    assertThat(Text.fit("abc", 0)).isEmpty();
    for (int columns = 0; columns < 12; columns++) {
      assertThat(Text.width(Text.fit("ab漢字cde\u0301f", columns))).isLessThanOrEqualTo(columns);
    }
  }

  @Test
  void paddingCountsColumnsNotCharacters() {
    assertThat(Text.pad("漢", 4)).isEqualTo("漢  ");
  }

  @Test
  void textIsWrappedAtBlanksAndWordsThatAreTooLongAnywhere() {
    assertThat(Text.wrap("one two three", 8)).containsExactly("one two", "three");
    assertThat(Text.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
    assertThat(Text.wrap("  indented text", 10)).containsExactly("  indented", "text");
    assertThat(Text.wrap("a\n\nb", 10)).containsExactly("a", "", "b");
    assertThat(Text.wrap("漢字漢字", 1)).containsExactly("漢", "字", "漢", "字");
  }
}
