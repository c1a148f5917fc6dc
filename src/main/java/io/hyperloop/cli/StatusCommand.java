package io.hyperloop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hyperloop status}. */
@Command(
    name = "status",
    description = {
      "Tells what is being done, and what to type next.",
      "And what is waited for, for whom, and why."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  hyperloop status",
      "  hyperloop status --path ~/src/shop",
      "",
      "It never writes, and needs no orchestrator."
    })
final class StatusCommand extends BaseCommand {
  @Mixin PlaceOptions options = new PlaceOptions();

  StatusCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Workspace workspace = context.engine().get().open(options.place(context));
    Look look = Look.at(workspace, context.now());
    console().lines(new StatusText(console().screen()).lines(workspace, look));
    return ExitCode.DONE;
  }
}
