package io.hyperloop.cli;

import io.hyperloop.terminal.Screen;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;
import java.util.List;

/** Labelled facts below each other; long ones are wrapped, empty ones left out. */
final class Facts {
  private static final int LABEL = 12;

  private final Screen screen;
  private final List<String> lines;

  /** Facts are added to the end of {@code lines}. */
  Facts(Screen screen, List<String> lines) {
    this.screen = screen;
    this.lines = lines;
  }

  void add(String label, Tone tone, String text) {
    if (text.isEmpty()) {
      return;
    }
    String head = screen.paint(Tone.FAINT, Text.pad(label, LABEL));
    for (String line : Text.wrap(Text.block(text), screen.columns() - LABEL - 2)) {
      lines.add("  " + head + screen.paint(tone, line));
      head = " ".repeat(LABEL);
    }
  }
}
