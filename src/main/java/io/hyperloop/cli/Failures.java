package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import io.hyperloop.port.PortFailure;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where failures become messages and exit codes. */
final class Failures {
  private static final int PROBLEMS_MAX = 50;

  private final Context context;

  Failures(Context context) {
    this.context = context;
  }

  /** What cannot be understood on the command line. */
  int usage(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String remedy = "see: " + command + " --help";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        remedy = "did you mean " + String.join(" or ", near) + "? See: " + command + " --help";
      }
    }
    context
        .console()
        .note("error: " + Problem.user(String.valueOf(failure.getMessage()), "", remedy).text());
    return ExitCode.USER;
  }

  /** Whatever went wrong while a command ran. */
  int failed(String command, Throwable failure) {
    return switch (failure) {
      case PortFailure port -> told(port);
      case Console.OutputFailure output -> output(output);
      default -> bug(command, failure);
    };
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
        new PortFailure(
            Problem.environment(
                "the output cannot be written: " + failure.getMessage(),
                "standard output",
                "see whether its disk is full")));
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
