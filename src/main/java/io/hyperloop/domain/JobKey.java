package io.hyperloop.domain;

/** The identity of a job: at most one runs per key. Derived from the state alone. */
public sealed interface JobKey {

  /** Unique, and safe as a file name: {@code task-001.verifier.0.0}. */
  String name();

  /** One attempt at one step of a task, be it an agent's or an action's. */
  record TaskStep(TaskId task, String phase, int round, int attempt) implements JobKey {
    @Override
    public String name() {
      return task + "." + phase + "." + round + "." + attempt;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** One question to the PM. */
  record Planning(int generation) implements JobKey {
    @Override
    public String name() {
      return "pm." + generation;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /**
   * Reads what {@link #name()} gave.
   *
   * @throws IllegalArgumentException if it is no such name
   */
  static JobKey parse(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length == 2 && parts[0].equals("pm")) {
      return new Planning(Integer.parseInt(parts[1]));
    }
    if (parts.length == 4) {
      return new TaskStep(
          TaskId.parse(parts[0]), parts[1], Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
    }
    throw new IllegalArgumentException("not a job's name: " + name);
  }
}
