package io.hyperloop;

import io.hyperloop.cli.Cli;
import io.hyperloop.cli.Console;
import io.hyperloop.cli.Context;
import io.hyperloop.cli.Engine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Entry point. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Map<String, String> environment = System.getenv();
    var context =
        new Context(
            Console.standard(environment),
            Main::engine,
            environment,
            Path.of("").toAbsolutePath(),
            InstantSource.system());
    System.exit(new Cli(context).execute(args));
  }

  private static Engine engine() {
    throw new IllegalStateException("the engine is wired by the composition root");
  }
}
