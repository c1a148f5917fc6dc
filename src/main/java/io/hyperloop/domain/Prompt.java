package io.hyperloop.domain;

import java.util.ArrayList;
import java.util.List;

/** What an agent is told, in parts, each labelled with where it comes from. */
public record Prompt(List<Part> parts) {
  private static final int PART_MAX = 400_000;

  public Prompt {
    parts = List.copyOf(parts);
  }

  /**
   * A part.
   *
   * @param title a heading
   * @param source base, project, process, spec, state, findings or runtime
   */
  public record Part(String title, String source, String text) {}

  /** All of it as Markdown. */
  public String text() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append("# ").append(part.title()).append("\n<!-- source: ").append(part.source());
      text.append(" -->\n\n").append(part.text().strip()).append("\n\n");
    }
    return text.toString();
  }

  /** Collects parts; empty ones are left out, and overlong ones cut with a notice. */
  static final class Builder {
    private final List<Part> parts = new ArrayList<>();

    void add(String title, String source, String text) {
      if (!text.isBlank()) {
        parts.add(new Part(title, source, cut(text, PART_MAX)));
      }
    }

    void role(AgentTemplate template) {
      add("Your role: " + template.name(), "base", template.prompt());
      template
          .guidelines()
          .forEach((layer, text) -> add("Guidelines (" + layer + ")", layer, text));
    }

    Prompt done() {
      return new Prompt(parts);
    }
  }

  static String cut(String text, int max) {
    return text.length() <= max
        ? text
        : text.substring(0, max) + "\n\n(cut here: " + text.length() + " characters in all)";
  }
}
