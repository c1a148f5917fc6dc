package io.hyperloop.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hyperloop demo}. */
@Command(
    name = "demo",
    description = {
      "Shows it all on a sample repository with two specs.",
      "The loop is the real one, the model is scripted: no key, no network."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop demo                       in a folder of its own, which is named at the end",
      "  hyperloop demo --dir /tmp/sample     there; it must be new or empty"
    })
final class DemoCommand extends BaseCommand {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Make the sample there (default: a new temporary folder).")
  @Nullable Path directory;

  @Option(names = "--keep", description = "Keep the sample when the demo is interrupted.")
  boolean keep;

  DemoCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    context.refuseInsideWorker("demo");
    Path sample = directory == null ? null : context.directory().resolve(directory);
    return context.engine().get().demo(new Engine.DemoSettings(sample, keep), console());
  }
}
