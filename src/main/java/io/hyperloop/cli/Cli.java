package io.hyperloop.cli;

import java.util.Optional;

/** The command line: arguments in, exit code out. */
public final class Cli {
  private final Context context;
  private final Failures failures;

  public Cli(Context context) {
    this.context = context;
    this.failures = new Failures(context);
  }

  /**
   * Does what the arguments say.
   *
   * @return the exit code; nothing is thrown
   */
  public int execute(String... arguments) {
    String command = command(arguments).orElse("");
    int code;
    try {
      code = isVersion(arguments) ? version() : execute(command, arguments);
    } catch (RuntimeException | Error e) {
      code = failures.failed(command, e);
    }
    try {
      context.console().flush();
    } catch (Console.OutputFailure e) {
      return failures.failed(command, e);
    }
    return code;
  }

  /** Asked by scripts before anything else: answered without loading a command line parser. */
  private static boolean isVersion(String... arguments) {
    return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
  }

  private int version() {
    context.console().line(Version.text());
    return ExitCode.DONE;
  }

  private int execute(String command, String... arguments) {
    return new CommandTree(context, failures).execute(command, arguments);
  }

  /** The first word that is no option: options of the program itself take no values. */
  private static Optional<String> command(String... arguments) {
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        return Optional.of(argument);
      }
    }
    return Optional.empty();
  }
}
