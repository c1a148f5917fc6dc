package io.hyperloop.cli;

import io.hyperloop.domain.SpecStatus;
import io.hyperloop.domain.TaskView;
import io.hyperloop.terminal.Text;
import io.hyperloop.terminal.Tone;

/** Which colour a standing has, and how much of a long text a table shows. */
final class Tones {
  private static final int BRIEF_MAX = 300;

  private Tones() {}

  static Tone of(SpecStatus status) {
    return switch (status) {
      case IN_SYNC -> Tone.GOOD;
      case RECONCILING -> Tone.ACTIVE;
      case NEEDS_HUMAN -> Tone.ATTENTION;
      case OUT_OF_SYNC -> Tone.PLAIN;
    };
  }

  static Tone of(TaskView.Turn turn) {
    return switch (turn) {
      case WORKING -> Tone.ACTIVE;
      case QUEUED, WAITING, ENDED -> Tone.PLAIN;
      case NEEDS_YOU -> Tone.ATTENTION;
      case BLOCKED, FAILED -> Tone.BAD;
      case DONE -> Tone.GOOD;
    };
  }

  /** One line of a text that may be a page. */
  static String brief(String text) {
    return Text.fit(Text.line(text.length() > 1_000 ? text.substring(0, 1_000) : text), BRIEF_MAX);
  }
}
