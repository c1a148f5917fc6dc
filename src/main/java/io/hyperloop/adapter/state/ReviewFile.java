package io.hyperloop.adapter.state;

import io.hyperloop.domain.Review;
import io.hyperloop.domain.TaskId;
import io.hyperloop.port.PortFailure;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A review as a file: {@code reviews/task-027-round-1.md}, front matter and then the findings. */
public final class ReviewFile {
  private static final Pattern NAME =
      Pattern.compile("(task-[0-9]{1,9})-round-([0-9]{1,9})(?:-(.+))?\\.md");

  private ReviewFile() {}

  /**
   * The name of a new review's file. The first of a round has a plain name, a second one its role
   * behind it, further ones of that role a number.
   *
   * @param taken whether a name is used already
   */
  public static String name(Review review, Predicate<String> taken) {
    String round = review.task() + "-round-" + review.round();
    String role = round + "-" + inNames(review.role());
    String name = round + ".md";
    for (int i = 1; taken.test(name); i++) {
      name = role + (i == 1 ? "" : "-" + i) + ".md";
    }
    return name;
  }

  /**
   * Reads a review.
   *
   * @param file its path; the name tells task and round once more
   * @throws PortFailure of kind USER naming file, line and key
   */
  public static Review read(String file, String text) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    FrontMatter parts = FrontMatter.parse(file, text);
    var fields = new Fields(file, Yaml.read(file, parts.yaml(), FrontMatter.FIRST_LINE));
    TaskId task = fields.as("task_id", TaskId::parse);
    int round = fields.count("round");
    String role = fields.text("role");
    if (!name.startsWith(task + "-round-" + round + ".")
        && !name.startsWith(task + "-round-" + round + "-")) {
      throw fields.wrong("task_id", "the file's name must begin with " + task + "-round-" + round);
    }
    int sequence = fields.count("sequence");
    return new Review(
        task,
        round,
        sequence == 0 ? sequence(name, role) : sequence,
        role,
        fields.text("verdict"),
        parts.body());
  }

  /**
   * A review as a new file. Its place in the round is written down only where the name does not
   * tell it.
   */
  public static String write(String name, Review review) {
    var yaml =
        new StringBuilder()
            .append("task_id: ")
            .append(review.task())
            .append("\nround: ")
            .append(review.round())
            .append("\nrole: ")
            .append(Scalars.of(review.role()))
            .append("\nverdict: ")
            .append(Scalars.of(review.verdict()))
            .append('\n');
    if (sequence(name, review.role()) != review.sequence()) {
      yaml.append("sequence: ").append(review.sequence()).append('\n');
    }
    return FrontMatter.write(yaml.toString(), review.body());
  }

  /** Whether a file is a review by its name. */
  public static boolean named(String name) {
    return NAME.matcher(name).matches();
  }

  /** The names in the order in which they were written, as far as names tell. */
  public static List<String> inOrder(List<String> names) {
    return names.stream()
        .sorted(Comparator.comparingInt(String::length).thenComparing(n -> n))
        .toList();
  }

  private static int sequence(String name, String role) {
    Matcher matcher = NAME.matcher(name);
    @Nullable String rest = matcher.matches() ? matcher.group(3) : null;
    String plain = inNames(role);
    if (rest == null) {
      return 1;
    }
    if (rest.startsWith(plain + "-") && rest.substring(plain.length() + 1).matches("[0-9]{1,6}")) {
      return Integer.parseInt(rest.substring(plain.length() + 1)) + 1;
    }
    return 2;
  }

  private static String inNames(String role) {
    String safe = role.replaceAll("[^A-Za-z0-9._-]", "-");
    return safe.length() <= 60 ? safe : safe.substring(0, 60);
  }
}
