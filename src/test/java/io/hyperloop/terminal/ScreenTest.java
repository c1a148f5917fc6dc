package io.hyperloop.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ScreenTest {
  @Test
  void aPipeHasNoColoursAndNoWidth() {
    assertThat(Screen.of(Map.of("TERM", "xterm", "COLUMNS", "40"), told("err", "80")))
        .isEqualTo(Screen.PIPE);
  }

  @Test
  void aTerminalHasColoursUnlessToldOtherwise() {
    assertThat(Screen.of(Map.of("TERM", "xterm"), told("out,err", "100")))
        .isEqualTo(new Screen(true, true, true, 100));
    assertThat(Screen.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), told("out", "100")).colour())
        .isFalse();
  }

  @Test
  void aDumbTerminalIsNotDrawnOn() {
    assertThat(Screen.of(Map.of("TERM", "dumb"), told("out", "80")))
        .isEqualTo(new Screen(true, false, false, 80));
    assertThat(Screen.of(Map.of(), told("out", "80")).animated()).isFalse();
  }

  @Test
  void theWidthInTheEnvironmentIsMeantMoreThanTheMeasuredOne() {
    assertThat(Screen.of(Map.of("TERM", "xterm", "COLUMNS", "40"), told("out", "80")).columns())
        .isEqualTo(40);
  }

  @Test
  void aWidthThatIsNoneIsNotBelieved() {
    assertThat(Screen.of(Map.of("COLUMNS", "-3"), told("out", "90")).columns()).isEqualTo(90);
    assertThat(Screen.of(Map.of("COLUMNS", "1"), told("out", "")).columns()).isEqualTo(20);
  }

  @Test
  void theSizeIsReadAsSttyWritesIt() {
    assertThat(WindowSize.parse("24 80\n")).isEqualTo(new WindowSize(80, 24));
    assertThat(WindowSize.parse("stty: not a terminal")).isEqualTo(new WindowSize(0, 0));
  }

  private static Properties told(String terminal, String columns) {
    var properties = new Properties();
    properties.setProperty("hyperloop.terminal", terminal);
    properties.setProperty("hyperloop.columns", columns);
    return properties;
  }
}
