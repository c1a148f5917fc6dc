package io.hyperloop.domain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a task's pull request says. Texts of agents are quoted so that they can neither call people
 * nor hide anything.
 */
final class PullRequestText {
  private static final int SUMMARY_MAX = 8_000;
  private static final int DESCRIPTION_MAX = 16_000;
  private static final int FINDING_MAX = 4_000;
  private static final int FINDINGS_MAX = 24_000;
  private static final Pattern MENTION = Pattern.compile("@(?=[A-Za-z0-9_])");

  private final Forge forge;
  private final ProcessDefinition process;
  private final Task task;
  private final List<Review> reviews;

  /**
   * Of a task.
   *
   * @param reviews its own, oldest first
   */
  PullRequestText(Forge forge, ProcessDefinition process, Task task, List<Review> reviews) {
    this.forge = forge;
    this.process = process;
    this.task = task;
    this.reviews = reviews;
  }

  String title() {
    return Texts.oneLine(task.title(), 200) + " (" + task.id() + ")";
  }

  /** {@code task/task-027} and {@code spec/persistence}. */
  List<String> labels() {
    String spec = task.specRef().path().replaceFirst("^specs/", "").replaceFirst("\\.md$", "");
    return List.of("task/" + task.id(), "spec/" + spec);
  }

  String body() {
    var text = new StringBuilder();
    String summary = task.summary();
    if (summary != null && !summary.isBlank()) {
      text.append(quoted(Texts.bounded(summary, SUMMARY_MAX))).append("\n\n");
    }
    text.append("Implements ").append(specLink()).append(".\n\n");
    if (!task.description().isBlank()) {
      text.append(folded("The task", quoted(Texts.bounded(task.description(), DESCRIPTION_MAX))));
    }
    text.append(clearing());
    text.append(rounds());
    return text.toString().strip();
  }

  private String specLink() {
    SpecRef spec = task.specRef();
    String address = forge.url() + "/blob/" + spec.commit() + "/" + encoded(spec.path());
    return "[" + escaped(spec.abbreviated()) + "](" + address + ")";
  }

  private static String encoded(String path) {
    var encoded = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return encoded.toString();
  }

  private String clearing() {
    List<String> wanted = new ArrayList<>();
    for (Pipeline.Step step : process.pipeline().steps()) {
      if (step.kind() == Pipeline.Kind.GATE) {
        wanted.add("- " + step.phase() + ": " + words(step.name()));
      }
    }
    return wanted.isEmpty()
        ? "It is merged when its checks by agents pass.\n\n"
        : "Before it is merged:\n\n" + String.join("\n", wanted) + "\n\n";
  }

  private String words(String name) {
    return switch (process.gates().get(name)) {
      case Gate.Manual _ -> "`hyperloop approve " + task.id() + "`";
      case Gate.Label(String label) -> "add the label `" + label + "`";
      case Gate.Approval(int approvals) ->
          approvals == 1 ? "an approving review" : approvals + " approving reviews";
      case Gate.Checks(List<String> checks, boolean _) ->
          checks.isEmpty() ? "all checks pass" : "these checks pass: " + String.join(", ", checks);
      case Gate.All(List<String> gates) ->
          String.join("; and ", gates.stream().map(this::words).toList());
      case null -> name;
    };
  }

  private String rounds() {
    var text = new StringBuilder();
    for (Review review : reviews.reversed()) {
      String heading =
          "Round %d: %s %s".formatted(review.round(), review.role(), verb(review.verdict()));
      String entry = folded(heading, quoted(Texts.bounded(review.body(), FINDING_MAX)));
      if (text.length() + entry.length() > FINDINGS_MAX) {
        text.append("(earlier rounds are left out)\n");
        break;
      }
      text.append(entry);
    }
    return text.toString();
  }

  private static String verb(String verdict) {
    return verdict.equals(Review.FAIL) ? "found" : verdict;
  }

  private static String folded(String heading, String text) {
    return "<details><summary>" + escaped(heading) + "</summary>\n\n" + text + "\n\n</details>\n\n";
  }

  private static String escaped(String text) {
    return Texts.oneLine(text, 200)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("[", "\\[")
        .replace("]", "\\]");
  }

  /** Calls nobody, closes no issue, and holds no tags: it is somebody else's text. */
  static String quoted(String text) {
    String tame = MENTION.matcher(text).replaceAll("@\u200b");
    return Stream.of(tame.strip().split("\n", -1))
        .map(line -> "> " + line.replace("<", "&lt;"))
        .reduce((a, b) -> a + "\n" + b)
        .orElse("")
        .replaceAll("(?i)\\b(close[sd]?|fix(?:e[sd])?|resolve[sd]?)(\\s*:?\\s+)#", "$1$2\\\\#");
  }

  /** What people are told when it waits for them. */
  static String notice(Reason reason, String remedy) {
    String kind = reason.kind().word().replace('-', ' ');
    return kind.substring(0, 1).toUpperCase(Locale.ROOT)
        + kind.substring(1)
        + ":\n\n"
        + quoted(Texts.bounded(reason.text(), SUMMARY_MAX))
        + (remedy.isEmpty() ? "" : "\n\nWhat to do: `" + remedy + "`");
  }
}
