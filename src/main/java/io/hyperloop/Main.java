package io.hyperloop;

import io.hyperloop.cli.Cli;
import io.hyperloop.cli.Console;
import io.hyperloop.cli.Context;
import io.hyperloop.cli.Engine;
import io.hyperloop.cli.Rehearsal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    if (Boolean.getBoolean("hyperloop.rehearse")) {
      new Rehearsal(environment, Main::engine).run();
      return;
    }
    var context =
        new Context(
            Console.standard(environment),
            () -> engine(environment),
            environment,
            Path.of("").toAbsolutePath(),
            InstantSource.system());
    System.exit(new Cli(context).execute(args));
  }

  private static Engine engine(Map<String, String> environment) {
    return new LocalEngine(environment, InstantSource.system());
  }
}
