package io.hyperloop.cli;

import io.hyperloop.domain.Problem;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands. Only the one that is asked for is set up, since picocli looks at each by
 * reflection, which takes longer than most commands do.
 */
final class CommandTree {
  private static final Map<String, Function<Context, Object>> COMMANDS = commands();

  private final Context context;
  private final Failures failures;

  CommandTree(Context context, Failures failures) {
    this.context = context;
    this.failures = failures;
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
    commands.put("logs", LogsCommand::new);
    commands.put("approve", ApproveCommand::new);
    commands.put("answer", AnswerCommand::new);
    commands.put("retry", RetryCommand::new);
    commands.put("accept", AcceptCommand::new);
    commands.put("gc", GcCommand::new);
    return commands;
  }

  /** The names of all commands, in the order of the help. */
  static List<String> names() {
    return List.copyOf(COMMANDS.keySet());
  }

  int execute(String command, String... arguments) {
    var root = new CommandLine(new HyperloopCommand(context));
    Function<Context, Object> wanted = COMMANDS.get(command);
    if (wanted != null) {
      root.addSubcommand(command, wanted.apply(context));
    } else {
      COMMANDS.forEach((name, make) -> root.addSubcommand(name, make.apply(context)));
    }
    var colours =
        Help.defaultColorScheme(context.console().screen().colour() ? Help.Ansi.ON : Help.Ansi.OFF);
    return root.setOut(new PrintWriter(context.console().writer()))
        .setColorScheme(colours)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(Math.clamp(context.console().screen().columns(), 55, 100))
        .setParameterExceptionHandler((failure, _) -> usage(failure))
        .setExecutionExceptionHandler((failure, _, _) -> failures.failed(command, failure))
        .execute(arguments);
  }

  /** What cannot be understood on the command line. */
  private int usage(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    String remedy = "see: " + command + " --help";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        remedy = "did you mean " + String.join(" or ", near) + "? See: " + command + " --help";
      }
    }
    return failures.told(Problem.user(String.valueOf(failure.getMessage()), "", remedy));
  }
}
