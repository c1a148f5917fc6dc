package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.file.Path;
import java.util.List;

/** The one place where failures become messages and exit codes. */
final class Failures {
  private static final int PROBLEMS_MAX = 50;

  private final Context context;

  Failures(Context context) {
    this.context = context;
  }

  /** Whatever went wrong while a command ran. */
  int failed(String command, Throwable failure) {
    return switch (failure) {
      case PortFailure port -> told(port);
      case Console.OutputFailure output -> output(output);
      default -> bug(command, failure);
    };
  }

  /** One problem, told and turned into its exit code. */
  int told(Problem problem) {
    return told(new PortFailure(problem));
  }

  private int told(PortFailure failure) {
    List<Problem> problems = failure.problems();
    problems.stream()
        .limit(PROBLEMS_MAX)
        .forEach(problem -> context.console().note("error: " + problem.text()));
    if (problems.size() > PROBLEMS_MAX) {
      context.console().note("error: and " + (problems.size() - PROBLEMS_MAX) + " more");
    }
    return ExitCode.of(failure.kind());
  }

  private int output(Console.OutputFailure failure) {
    if (failure.closed()) {
      return ExitCode.DONE;
    }
    return told(
        Problem.environment(
            "the output cannot be written: " + failure.getMessage(),
            "standard output",
            "see whether its disk is full"));
  }

  private int bug(String command, Throwable failure) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    Path report =
        BugReport.write(
            temporary, "hyperloop " + command, failure, context.now(), context.environment());
    context
        .console()
        .note(
            "error: this is a bug in hyperloop: "
                + failure.getClass().getSimpleName()
                + "\n  where: "
                + (report == null ? "(no report could be written)" : report)
                + "\n  remedy: please report it with that file; your repository is as the last cycle"
                + " left it");
    return ExitCode.BUG;
  }
}
