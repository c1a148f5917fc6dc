package io.hyperloop.port;

import io.hyperloop.domain.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The world did not do what was asked, in a way no result type foresees. Caught in the job runner
 * and at the top only; one place turns it into an exit code.
 */
public final class PortFailure extends RuntimeException {
  private final transient List<Problem> problems;

  public PortFailure(Problem problem) {
    this(List.of(problem));
  }

  /** Several at once, as when a file is wrong in several places. */
  public PortFailure(List<Problem> problems) {
    super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public PortFailure(Problem problem, Throwable cause) {
    super(problem.text(), cause);
    this.problems = List.of(problem);
  }

  public List<Problem> problems() {
    return problems;
  }

  public Problem.Kind kind() {
    return problems.getFirst().kind();
  }

  /** All problems, each with what, where and remedy. */
  public String text() {
    return problems.stream().map(Problem::text).collect(Collectors.joining("\n"));
  }
}
