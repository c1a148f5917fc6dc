package io.hyperloop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: their context, and {@code --help}. */
abstract class BaseCommand implements Callable<Integer> {
  final Context context;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  BaseCommand(Context context) {
    this.context = context;
  }

  /** An argument that cannot be. */
  ParameterException wrong(String what) {
    return new ParameterException(spec.commandLine(), what);
  }

  Console console() {
    return context.console();
  }
}
