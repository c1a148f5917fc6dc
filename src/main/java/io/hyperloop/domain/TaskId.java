package io.hyperloop.domain;

/** A task's identity: {@code task-027}. Monotonic, never reused, ordered by number. */
public record TaskId(int number) implements Comparable<TaskId> {
  private static final String PREFIX = "task-";

  public TaskId {
    if (number < 1) {
      throw new IllegalArgumentException("a task's number begins at 1, not " + number);
    }
  }

  /**
   * Reads {@code task-027}.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static TaskId parse(String text) {
    if (!reads(text)) {
      throw new IllegalArgumentException("not a task id (task-NNN): " + text);
    }
    return new TaskId(Integer.parseInt(text.substring(PREFIX.length())));
  }

  /** Whether {@link #parse} reads that text. */
  public static boolean reads(String text) {
    return text.matches("task-0*[1-9][0-9]{0,8}") && text.length() <= PREFIX.length() + 9;
  }

  @Override
  public int compareTo(TaskId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return PREFIX + (number < 10 ? "00" : number < 100 ? "0" : "") + number;
  }
}
