package io.hyperloop.adapter.agent;

import java.nio.charset.StandardCharsets;

/**
 * Writes a conversation down as it happens, for people who follow the log: what the model says as
 * it says it, its tool calls as {@code > tool: argument}, what came of them indented.
 */
public final class Transcript {
  private static final int SHOWN_MAX = 4_000;

  private final AgentLog log;
  private final Monitor monitor;
  private boolean midLine;

  /** Into that log; each entry is a sign of life. */
  public Transcript(AgentLog log, Monitor monitor) {
    this.log = log;
    this.monitor = monitor;
  }

  /** A piece of what the model says. */
  public void text(String piece) {
    monitor.stirred();
    String text = printable(piece);
    if (!text.isEmpty()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      log.accept(bytes, bytes.length);
      midLine = !text.endsWith("\n");
    }
  }

  /** Ends the line that the last piece left open. */
  public void endOfText() {
    if (midLine) {
      log.line("");
      midLine = false;
    }
  }

  public void call(String tool, String argument) {
    line("> " + printable(tool) + ": " + shown(printable(argument)));
  }

  public void result(String result, boolean error) {
    String text = shown(printable(result)).stripTrailing();
    line((error ? "! " : "  ") + text.replace("\n", "\n  "));
  }

  /** A line of ours. */
  public void say(String text) {
    line("[hyperloop] " + printable(text));
  }

  /** Without control characters, which mean nothing to a reader; line ends and tabs stay. */
  public static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
  }

  private void line(String text) {
    monitor.stirred();
    // A line that a cut-off reply left open is closed first.
    log.line((midLine ? "\n" : "") + text);
    midLine = false;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_MAX
        ? text
        : text.substring(0, SHOWN_MAX) + "\n[" + (text.length() - SHOWN_MAX) + " more characters]";
  }
}
