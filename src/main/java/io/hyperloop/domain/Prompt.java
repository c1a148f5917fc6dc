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
        parts.add(new Part(title.replaceAll("\\p{Cntrl}+", " "), source, cut(text, PART_MAX)));
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

  /**
   * Text of other hands than ours, which might look like headings of ours: in a fence longer than
   * any run of backticks in it, so that it cannot end the fence.
   */
  static String fenced(String language, String text) {
    int longest = 2;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    String fence = "`".repeat(longest + 1);
    return fence + language + "\n" + text.strip() + "\n" + fence;
  }

  static String cut(String text, int max) {
    return text.length() <= max
        ? text
        : text.substring(0, max) + "\n\n(cut here: " + text.length() + " characters in all)";
  }
}
