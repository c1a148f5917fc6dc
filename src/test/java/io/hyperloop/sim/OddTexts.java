package io.hyperloop.sim;

import io.hyperloop.domain.Dice;

/** Texts like no other, and now and then one that is hard to keep. */
final class OddTexts {
  private final Dice dice;
  private long made;

  OddTexts(Dice dice) {
    this.dice = dice;
  }

  String text(String about) {
    made++;
    String text = about + " " + made;
    return switch (dice.below(12)) {
      case 0 -> text + "\n---\nid: x\n";
      case 1 -> "  " + text + "\t# 'no' \"comment\": {a: [b}\r\n\n";
      case 2 -> text + " \u2028 \u00e9 \ud83d\ude00 \u0085 .";
      case 3 -> "- " + text + "\n\n\n  indented\n";
      default -> text;
    };
  }
}
