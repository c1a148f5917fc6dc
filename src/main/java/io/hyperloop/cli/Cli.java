package io.hyperloop.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/**
 * The command line. Only the command that is asked for is set up, since picocli looks at each by
 * reflection, which takes longer than most commands do.
 */
public final class Cli {
  private static final Map<String, Function<Context, Object>> COMMANDS = commands();

  private final Context context;
  private final Failures failures;

  public Cli(Context context) {
    this.context = context;
    this.failures = new Failures(context);
  }

  private static Map<String, Function<Context, Object>> commands() {
    var commands = new LinkedHashMap<String, Function<Context, Object>>();
    commands.put("init", InitCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("watch", WatchCommand::new);
    commands.put("plan", PlanCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("status", StatusCommand::new);
    commands.put("get", GetCommand::new);
    commands.put("describe", DescribeCommand::new);
    commands.put("approve", ApproveCommand::new);
    commands.put("answer", AnswerCommand::new);
    commands.put("accept", AcceptCommand::new);
    return commands;
  }

  /** The names of all commands, in the order of the help. */
  static List<String> names() {
    return List.copyOf(COMMANDS.keySet());
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
      code = isVersion(arguments) ? version() : commandLine(command).execute(arguments);
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

  /** Asked by scripts before anything else: answered without setting up a command line. */
  private static boolean isVersion(String... arguments) {
    return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
  }

  private int version() {
    context.console().line(Version.text());
    return ExitCode.DONE;
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

  private CommandLine commandLine(String command) {
    var root = new CommandLine(new HyperloopCommand(context));
    Function<Context, Object> wanted = COMMANDS.get(command);
    if (wanted != null) {
      root.addSubcommand(command, wanted.apply(context));
    } else {
      COMMANDS.forEach((name, make) -> root.addSubcommand(name, make.apply(context)));
    }
    var colours =
        Help.defaultColorScheme(context.console().screen().colour() ? Help.Ansi.ON : Help.Ansi.OFF);
    root.setOut(new PrintWriter(context.console().writer()));
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(colours)
        .setUsageHelpWidth(Math.clamp(context.console().screen().columns(), 55, 100))
        .setParameterExceptionHandler((failure, _) -> failures.usage(failure))
        .setExecutionExceptionHandler((failure, _, _) -> failures.failed(command, failure));
  }
}
