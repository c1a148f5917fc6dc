package io.hyperloop.terminal;

/** What a piece of text is to the reader; a colour where there are colours. */
public enum Tone {
  PLAIN(""),
  STRONG("1"),
  FAINT("2"),
  GOOD("32"),
  BAD("31"),
  /** Somebody is waited for. */
  ATTENTION("33"),
  /** Under way. */
  ACTIVE("36");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  /** The text in this tone's colour, or as it is. */
  public String paint(String text, boolean colour) {
    return colour && !code.isEmpty() && !text.isEmpty()
        ? "\u001b[" + code + "m" + text + "\u001b[0m"
        : text;
  }
}
