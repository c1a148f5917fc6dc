package io.hyperloop.adapter.git;

import io.hyperloop.domain.SpecRef;
import io.hyperloop.domain.TaskId;
import java.util.regex.Pattern;
import org.eclipse.jgit.util.QuotedString;

/**
 * Commit messages from text that agents wrote. The subject is one line; the trailers are ours and
 * the last paragraph; no line of the text can be read as one of them, nor cut them off.
 */
final class Message {
  static final String SPEC_REF = "Spec-Ref";
  static final String TASK_REF = "Task-Ref";
  static final String TASK_HEAD = "Task-Head";

  private static final int SUBJECT_MAX = 200;
  private static final int BODY_MAX = 64 << 10;
  private static final Pattern OURS =
      Pattern.compile("\\b(Spec-Ref|Task-Ref|Task-Head)\\s*:", Pattern.CASE_INSENSITIVE);
  private static final Pattern DIVIDER = Pattern.compile("(?m)^---");

  /** What might break a line or hide text: control, format, surrogate, line separators. */
  private static final Pattern ODD =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\n\\t]]");

  private final StringBuilder text = new StringBuilder();
  private boolean trailing;

  private Message() {}

  /**
   * A message with a subject.
   *
   * @param subject cut to one line of 200 characters
   * @param end ours, always kept whole
   */
  static Message of(String subject, String end) {
    var message = new Message();
    String line = safe(subject).replaceAll("\\s+", " ").strip();
    if (line.codePointCount(0, line.length()) > SUBJECT_MAX) {
      line = line.substring(0, line.offsetByCodePoints(0, SUBJECT_MAX));
    }
    message.text.append((line + " " + end).strip()).append('\n');
    return message;
  }

  /** The text of an agent, at most 64 KiB of it. */
  Message body(String body) {
    String safe = safe(body.substring(0, Math.min(body.length(), BODY_MAX))).strip();
    if (!safe.isEmpty()) {
      text.append('\n').append(safe).append('\n');
    }
    return this;
  }

  Message spec(SpecRef ref) {
    String value = ref.toString();
    return trailer(
        SPEC_REF, ODD.matcher(value).find() || value.contains("\n") ? quoted(value) : value);
  }

  Message task(TaskId task) {
    return trailer(TASK_REF, task.toString());
  }

  Message head(String head) {
    return trailer(TASK_HEAD, head);
  }

  private Message trailer(String key, String value) {
    text.append(trailing ? "" : "\n").append(key).append(": ").append(value).append('\n');
    trailing = true;
    return this;
  }

  /** As git itself quotes odd paths. */
  private static String quoted(String value) {
    return QuotedString.GIT_PATH.quote(value);
  }

  /** The first line that says something; empty if there is none. */
  static String firstLine(String text) {
    return text.substring(0, Math.min(text.length(), BODY_MAX))
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Text that holds no trailer of ours and no end of a message. */
  static String safe(String text) {
    String plain = ODD.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
    return DIVIDER.matcher(OURS.matcher(plain).replaceAll("$1 -")).replaceAll(" ---");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
